namespace Relustre.Tests;

/// <summary>A folder that goes with the test, whatever the test has put there.</summary>
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

    /// <summary>Runs a script with this folder as its working folder and returns what it printed; it must succeed.</summary>
    public string Shell(string script)
    {
        using var shell = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("bash", ["-euc", script])
        {
            WorkingDirectory = Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = shell.StandardError.ReadToEndAsync();
        var output = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        Assert.True(shell.ExitCode == 0, $"{script}\nended with {shell.ExitCode}: {output}{errors.GetAwaiter().GetResult()}");
        return output;
    }

    // .NET cannot delete what it cannot name.
    public void Dispose()
    {
        using var remove = System.Diagnostics.Process.Start("rm", ["-rf", "--", Path]);
        remove.WaitForExit();
    }
}
