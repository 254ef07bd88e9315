namespace Relustre.Cli.Output;

/// <summary>How a piece of text stands out on a terminal; in a pipe all are alike.</summary>
internal enum Tone
{
    Plain,
    Quiet,
    Strong,
    Good,
    Notice,
    Warning,
    Alarm,
}
