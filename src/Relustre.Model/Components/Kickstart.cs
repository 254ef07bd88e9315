using Relustre.Facts;

namespace Relustre.Components;

/// <summary>The recipe by which the installer made this server. It holds the root password, so the whole of it is sealed.</summary>
internal sealed class Kickstart() : Component("kickstart", RestoreStage.Platform)
{
    private static readonly string[] Installers = ["url", "nfs", "cdrom", "harddrive", "ostreesetup"];

    private static readonly string[] PartitionOptions =
    [
        "--fstype", "--size", "--maxsize", "--percent", "--grow", "--ondisk", "--onpart", "--asprimary", "--recommended", "--label",
        "--name", "--vgname", "--pesize", "--level", "--device", "--fsoptions",
    ];

    public override IReadOnlyList<Source> Sources =>
    [
        SecretFile("/root/*-ks.cfg", Format.Kickstart),
        SecretFile("/root/*.ks", Format.Kickstart),
        SecretFile("/root/ks.cfg", Format.Kickstart),
        SecretFile("/var/log/installer/autoinstall-user-data", Format.Script),
    ];

    public override Risk Risk => Risk.RecoveryAtRisk;

    public override string Why => "the recipe of a reinstallation, which the appendix's first step starts from, is another one";

    public override ComponentFacts? Facts(ComponentState state) => state.Files is [] ? null : new KickstartFacts
    {
        Recipes = [.. from file in state.Files where file.Kind == FileKind.File select RecipeIn(file)],
    };

    // Only what is named here: any other command of a kickstart may carry a password.
    private static KickstartFacts.Recipe RecipeIn(CapturedFile file)
    {
        var commands = CommandsIn(file.Text).ToList();
        return new KickstartFacts.Recipe
        {
            Path = file.Path,
            InstalledFrom = commands.FirstOrDefault(words => Installers.Contains(words[0])) is { } source ? SourceIn(source) : null,
            Partitioning = [.. from words in commands where words[0] is "part" or "partition" or "logvol" or "volgroup" or "raid" select PartitionIn(words)],
            Packages = [.. PackagesIn(file.Text)],
        };
    }

    // A torn address is left out: what should be its host may be a password.
    private static string SourceIn(string[] words) => string.Join(' ',
    [
        words[0],
        .. from word in words.Skip(1)
           let parts = word.Split('=', 2)
           where parts.Length == 2
           let value = parts[1].Unquoted
           where parts[0] is "--server" or "--dir" || Uri.TryCreate(value, UriKind.Absolute, out _)
           select parts[0] is "--server" or "--dir" ? value : AddressIn(value),
    ]);

    private static string AddressIn(string text) => new UriBuilder(text) { UserName = "", Password = "" }.Uri.ToString();

    private static IEnumerable<string[]> CommandsIn(string text)
    {
        var isInSection = false;
        foreach (var line in text.TrimmedLines.Where(line => !line.IsComment))
        {
            if (line.StartsWith('%'))
                isInSection = line is not "%end" && !line.StartsWith("%include", StringComparison.Ordinal);
            else if (!isInSection)
                yield return line.Words;
        }
    }

    // "part / --fstype=xfs --size=1 --passphrase=…": what is not known to be harmless is left out.
    private static string PartitionIn(string[] words) => string.Join(' ', words.Where(IsHarmless));

    private static bool IsHarmless(string word) =>
        word.StartsWith("--", StringComparison.Ordinal) ? PartitionOptions.Contains(word.Split('=')[0]) : !word.Contains('=', StringComparison.Ordinal);

    private static IEnumerable<string> PackagesIn(string text) => text.TrimmedLines
        .SkipWhile(line => !line.StartsWith("%packages", StringComparison.Ordinal)).Skip(1)
        .TakeWhile(line => !line.StartsWith('%'))
        .Where(line => !line.IsComment && (line.StartsWith('@') || line.Words.Length == 1));
}
