using System.Text;
using Relustre.Cli;
using Relustre.Cli.Commands;

namespace Relustre.Tests.Cli;

/// <summary>A command line of a test's own: a folder, an environment, and what was printed.</summary>
internal sealed class CliRun : IDisposable
{
    internal TemporaryFolder Folder { get; } = new();

    public Dictionary<string, string> Environment { get; } = [];

    public bool IsTerminal { get; init; }

    public int Width { get; init; } = 100;

    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>What somebody types.</summary>
    public TextReader Input { get; set; } = TextReader.Null;

    public string Output { get; private set; } = "";

    public byte[] OutputBytes { get; private set; } = [];

    public string Error { get; private set; } = "";

    /// <summary>Both streams, for "nowhere may…".</summary>
    public string All => Output + Error;

    public Task<int> RunAsync(params IReadOnlyList<string> arguments) => StartAsync(arguments, TestContext.Current.CancellationToken);

    /// <summary>The same with Ctrl-C pressed at once.</summary>
    public Task<int> InterruptedAsync(params IReadOnlyList<string> arguments) => StartAsync(arguments, new CancellationToken(canceled: true));

    private async Task<int> StartAsync(IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter { NewLine = "\n" };
        var outside = new Surroundings
        {
            Output = output,
            Error = error,
            OutputIsTerminal = IsTerminal,
            ErrorIsTerminal = IsTerminal,
            Width = Width,
            Environment = Environment.GetValueOrDefault,
            Folder = Folder.Path,
            Clock = Clock,
            Input = Input,
        };
        var code = await new RelustreCommand(outside).RunAsync(arguments, cancel);
        OutputBytes = output.ToArray();
        Output = Encoding.UTF8.GetString(OutputBytes);
        Error = error.ToString();
        return code;
    }

    public void Dispose() => Folder.Dispose();
}
