using System.IO.Compression;
using System.Text;

namespace Relustre.Archives;

/// <summary>Writes the appendix's archive.</summary>
internal static class AppendixWriter
{
    public const string ReadmeName = "README-relustre.txt";

    // 0600 and 0700: the CIB and much else hold passwords and keys.
    private const int FileMode = 0x180;
    private const int FolderMode = 0x1C0;

    public static async Task WriteAsync(AppendixArchive archive, Stream output, CancellationToken cancel)
    {
        await using var gzip = new GZipStream(output, CompressionLevel.Optimal, leaveOpen: true);
        var tar = new TarOutput(gzip);
        var time = new UnixTime((archive.At ?? DateTimeOffset.UnixEpoch).ToUnixTimeSeconds(), 0);
        foreach (var (name, file) in Entries(archive, time))
            await tar.AddAsync(name, file, cancel);
        await tar.EndAsync(cancel);
    }

    private static IEnumerable<(string Name, CapturedFile File)> Entries(AppendixArchive archive, UnixTime time)
    {
        var host = archive.SafeHostName;
        yield return (archive.Name, Made(FileKind.Directory, FolderMode, default, time));
        yield return ($"{archive.Name}/{ReadmeName}", Made(FileKind.File, FileMode, Encoding.UTF8.GetBytes(Readme(archive)), time));
        foreach (var file in archive.Files.Where(file => file.Path != "/"))
            yield return (archive.Name + file.Path, file);
        if (archive.Cib is { } cib)
        {
            yield return ($"{archive.Name}/cluster-cfg-{host}.xml", Made(FileKind.File, FileMode, cib, time));
            yield return ($"{archive.Name}/ee-cluster-cfg-{host}.xml", Made(FileKind.File, FileMode, cib, time));
        }
        if (archive.RunlevelScript is { } script)
            yield return ($"{archive.Name}/chkconfig-output-{host}.sh", Made(FileKind.File, FileMode, Encoding.UTF8.GetBytes(script), time));
    }

    private static CapturedFile Made(FileKind kind, int mode, ReadOnlyMemory<byte> content, UnixTime time) => new()
    {
        Path = "/",
        Kind = kind,
        Mode = mode,
        User = "root",
        Group = "root",
        Modified = time,
        Content = content,
    };

    private static string Readme(AppendixArchive archive) => $"""
        The configuration of {archive.SafeHostName}, in the layout of the Integrated Manager for Lustre
        installation guide's appendix "Backup and Recovery of Servers".

        It holds passwords and private keys: keep it where only root can read it.

        etc/, var/ ...                 every file at its own path, with its owner, mode and times
        cluster-cfg-HOST.xml           the Pacemaker configuration{(archive.Cib is null ? " (not here: there was none)" : "")}
        ee-cluster-cfg-HOST.xml        the same again, under the name that the appendix's restore step reads
        chkconfig-output-HOST.sh       makes the services start at boot as they did{(archive.RunlevelScript is null ? " (not here: nothing told)" : "")}

        Before you follow the appendix to the letter:
        - One node lost, its partner alive: do not restore the Pacemaker configuration. The partner has it.
        - Both nodes lost: cibadmin --replace --scope configuration --xml-file cluster-cfg-HOST.xml
          (without the scope the old status comes back and claims that dead nodes serve).
        - Compare /etc/corosync/authkey with the partner's before Corosync starts: with a wrong one a recovered node
          fences its healthy partner.
        - A new network card has a new address: HWADDR and UUID in ifcfg files must follow it.

        """.ReplaceLineEndings("\n");
}
