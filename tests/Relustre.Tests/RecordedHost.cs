using System.Runtime.CompilerServices;

namespace Relustre.Tests;

/// <summary>What one component looked like on one server: files and tool outputs kept beside what we read from them.</summary>
internal sealed record RecordedHost(string Name, Component Component, ComponentState State)
{
    /// <summary>Every secret in a recording holds this text, so that a leak can be seen.</summary>
    public const string SecretMark = "S3CRET";

    public static readonly string Captured = Path.Combine(SourceFolder(), "Captured");

    /// <summary>All recordings, as <c>component/case</c>.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. from component in Directory.GetDirectories(Captured)
           from recording in Directory.GetDirectories(component)
           let name = Path.GetRelativePath(Captured, recording)
           orderby name
           select name,
    ];

    public static TheoryData<string> All => new(Names);

    public static RecordedHost Open(string name)
    {
        var component = Catalogue.BuiltIn.Components.Single(component => component.Name == name.Split('/')[0]);
        var folder = Path.Combine(Captured, name);
        return new RecordedHost(name, component, new ComponentState(FilesIn(component, Path.Combine(folder, "host")), ToolsIn(Path.Combine(folder, "tools"))));
    }

    /// <summary>Compares with the approved text beside the recording; with RELUSTRE_APPROVE=1 it is what gets approved.</summary>
    public void Approve(string fileName, string actual)
    {
        var path = Path.Combine(Captured, Name, fileName);
        if (Environment.GetEnvironmentVariable("RELUSTRE_APPROVE") == "1")
            File.WriteAllText(path, actual);
        else
            Assert.Equal(File.Exists(path) ? File.ReadAllText(path) : "", actual);
    }

    private static IReadOnlyList<CapturedFile> FilesIn(Component component, string root) => !Directory.Exists(root) ? [] :
    [
        .. from entry in EntriesIn(new DirectoryInfo(root))
           let path = "/" + Path.GetRelativePath(root, entry.FullName)
           orderby path
           let file = FileOf(entry, path)
           // Folders are there to hold the files; only some are a source's own.
           where file.Kind != FileKind.Directory || component.SourceOf(file) is not null
           select file,
    ];

    // A linked folder is a link: its content is captured where it lies.
    private static IEnumerable<FileSystemInfo> EntriesIn(DirectoryInfo folder) =>
        from entry in folder.EnumerateFileSystemInfos()
        from found in entry is DirectoryInfo { LinkTarget: null } below ? EntriesIn(below).Prepend(entry) : [entry]
        select found;

    private static CapturedFile FileOf(FileSystemInfo entry, string path) => entry switch
    {
        { LinkTarget: { } target } => new() { Path = path, Kind = FileKind.Symlink, Mode = 0x1FF, LinkTarget = target },
        DirectoryInfo => new() { Path = path, Kind = FileKind.Directory, Mode = 0x1ED },
        _ => new() { Path = path, Kind = FileKind.File, Mode = 0x1A4, Content = File.ReadAllBytes(entry.FullName) },
    };

    // A file NAME.exit beside a tool's output holds the exit code with which it failed.
    private static IReadOnlyList<ToolOutput> ToolsIn(string folder) => !Directory.Exists(folder) ? [] :
    [
        .. from path in Directory.GetFiles(folder)
           where !path.EndsWith(".exit", StringComparison.Ordinal)
           orderby path
           let code = File.Exists(path + ".exit") ? int.Parse(File.ReadAllText(path + ".exit")) : 0
           select new ToolOutput(Path.GetFileName(path), code == 0 ? ToolOutcome.Answered : ToolOutcome.Failed)
           {
               ExitCode = code,
               Output = File.ReadAllBytes(path),
           },
    ];

    private static string SourceFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
