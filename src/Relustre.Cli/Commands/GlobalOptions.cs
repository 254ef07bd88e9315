using System.CommandLine;

namespace Relustre.Cli.Commands;

/// <summary>What every verb understands.</summary>
internal sealed class GlobalOptions
{
    public Option<string?> Site { get; } = new("--site")
    {
        HelpName = "DIR",
        Description = "The site's folder. Else $RELUSTRE_SITE, the current folder, /etc/relustre",
    };

    public Option<bool> Json { get; } = new("--json") { Description = "Print the result as JSON (docs/json.md)" };

    public Option<string?> PasswordFile { get; } = new("--password-file")
    {
        HelpName = "FILE",
        Description = "Read the vault's password from a file",
    };

    public Option<string?> PasswordCommand { get; } = new("--password-command")
    {
        HelpName = "COMMAND",
        Description = "Take the vault's password from what a shell command prints",
    };

    public Option<bool> NoColor { get; } = new("--no-color") { Description = "No colours ($NO_COLOR does the same)" };

    public Option<bool> NoProgress { get; } = new("--no-progress") { Description = "No live progress, plain lines only" };

    public Option<bool> Debug { get; } = new("--debug") { Description = "Show where in the program an error came from" };

    public IEnumerable<Option> All => [Site, Json, PasswordFile, PasswordCommand, NoColor, NoProgress, Debug];
}
