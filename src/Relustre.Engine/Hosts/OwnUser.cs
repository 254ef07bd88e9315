using System.Runtime.InteropServices;

namespace Relustre.Hosts;

/// <summary>Who this program runs as: it is this user that reads file trees.</summary>
internal static partial class OwnUser
{
    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint Id();
}
