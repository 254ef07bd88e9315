using Relustre.Capture;
using Relustre.Hosts;

namespace Relustre.Tests.Capture;

/// <summary>
/// A collector whose text was changed in one place, as if the server did something at that very moment. It runs on a tree
/// and keeps its temporary files in <see cref="Scratch"/>.
/// </summary>
internal sealed class ChangedCollector : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public ChangedCollector(string root, CollectorScript script, string at = "", string with = "")
    {
        Host = new("tree") { Root = root };
        Script = script;
        Assert.Contains(at, script.Text, StringComparison.Ordinal);
        folder.Shell("mkdir scratch; chmod 1777 scratch; chmod 755 .");
        folder.Write("collector", (at.Length == 0 ? script.Text : script.Text.Replace(at, with, StringComparison.Ordinal))
            .Replace("for base in /dev/shm /run ", $"for base in {Scratch} ", StringComparison.Ordinal));
    }

    /// <summary>The place in the script after files were read, before they are listed again.</summary>
    public const string AfterReading = "    find \"$@\" -maxdepth 0 ! -type s -printf \"$entry\" 2>/dev/null\n";

    /// <summary>The place in the script before files are read.</summary>
    public const string BeforeReading = "    learn_tar\n";

    public Host Host { get; }

    public CollectorScript Script { get; }

    public string Scratch => Path.Combine(folder.Path, "scratch");

    public HostConnection Connect(params IReadOnlyList<string> shell) =>
        new LocalConnection(Host, shell.Count == 0 ? ["sh"] : shell, $". {folder.Path}/collector", Host.Root!);

    public Task<CaptureSession> OpenAsync(params IReadOnlyList<string> shell) =>
        CaptureSession.OpenAsync(Connect(shell), Script, CaptureLimits.Default, TimeProvider.System, TestContext.Current.CancellationToken);

    public async Task<LocalCapture> CaptureAsync(params IReadOnlyList<string> shell)
    {
        await using var session = await OpenAsync(shell);
        return await LocalCapture.OfAsync(session);
    }

    public void Dispose() => folder.Dispose();
}
