using System.Diagnostics;

namespace Relustre.Tests.Archives;

/// <summary>Runs a shell command in a folder of its own, which goes with it.</summary>
internal sealed class Shell : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("relustre-").FullName;

    public string this[string name] => Path.Combine(Folder, name);

    /// <summary>What <paramref name="script"/> prints; $1 is its first argument. Programs in the folder "bin" come first.</summary>
    public string Run(string script, params string[] arguments)
    {
        var (exit, output, complaint) = TryRun(script, arguments);
        Assert.True(exit == 0, $"exit code {exit}: {complaint}");
        return output;
    }

    public (int ExitCode, string Output, string Complaint) TryRun(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("sh", ["-c", script, "sh", .. arguments])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{this["bin"]}:/usr/sbin:/usr/bin:/sbin:/bin";
        start.Environment["HOME"] = Folder;
        start.Environment["LC_ALL"] = "C";
        using var process = Process.Start(start)!;
        var complaint = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, complaint.GetAwaiter().GetResult());
    }

    /// <summary>Puts a file below the folder.</summary>
    public void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], text);
    }

    /// <summary>A stand-in for a program that the test's machine lacks.</summary>
    public void Program(string name, string script)
    {
        Write($"bin/{name}", "#!/bin/sh\n" + script);
        Run("chmod 700 \"$1\"", this[$"bin/{name}"]);
    }

    // .NET cannot delete a name that is not UTF-8.
    public void Dispose() => Run("cd / && rm -rf -- \"$1\"", Folder);
}
