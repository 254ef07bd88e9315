namespace Relustre.Cli;

/// <summary>Everything outside that a command touches by itself: streams, environment, folder and clock. Tests hand in their own.</summary>
internal sealed record Surroundings
{
    public required Stream Output { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Where a person's answers come from.</summary>
    public TextReader Input { get; init; } = TextReader.Null;

    public required bool OutputIsTerminal { get; init; }

    public required bool ErrorIsTerminal { get; init; }

    public required int Width { get; init; }

    public required Func<string, string?> Environment { get; init; }

    public required string Folder { get; init; }

    public required TimeProvider Clock { get; init; }

    /// <summary>The process's own.</summary>
    public static Surroundings OfProcess() => new()
    {
        Output = Console.OpenStandardOutput(),
        Error = Console.Error,
        Input = Console.In,
        OutputIsTerminal = !Console.IsOutputRedirected,
        ErrorIsTerminal = !Console.IsErrorRedirected,
        Width = WidthOfTerminal(),
        Environment = System.Environment.GetEnvironmentVariable,
        Folder = System.Environment.CurrentDirectory,
        Clock = TimeProvider.System,
    };

    private static int WidthOfTerminal()
    {
        try
        {
            return Console.IsOutputRedirected && Console.IsErrorRedirected ? 80 : Math.Max(40, Console.WindowWidth);
        }
        catch (IOException)
        {
            return 80;
        }
    }
}
