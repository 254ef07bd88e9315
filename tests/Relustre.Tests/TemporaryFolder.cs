namespace Relustre.Tests;

/// <summary>A folder that goes with the test, also when it holds folders that nobody may enter.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("relustre-test-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name.TrimStart('/'));

    /// <summary>Writes a file with its folders; answers its whole path.</summary>
    public string Write(string name, string content, UnixFileMode? mode = null)
    {
        var path = this[name];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        if (mode is { } wanted)
            File.SetUnixFileMode(path, wanted);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
