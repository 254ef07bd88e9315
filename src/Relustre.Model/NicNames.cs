using System.Text;
using System.Text.RegularExpressions;
using Relustre.Facts;

namespace Relustre;

/// <summary>Writes the addresses and names of a server's present cards into what was written for those that it had.</summary>
internal sealed class NicNames
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, string> words = new(StringComparer.OrdinalIgnoreCase);
    private readonly Regex? pattern;

    private NicNames(IReadOnlyDictionary<string, string> macs, IReadOnlyDictionary<string, string> names)
    {
        foreach (var (old, @new) in macs.Concat(names))
            if (IsPlain(old) && IsPlain(@new))
                words[old] = @new;
        Names = names;
        // "eth0" is also in "eth0.100" and "eth0:1", and not in "ifcfg-eth0" of a path nor in "myeth0".
        if (words.Count > 0)
            pattern = new Regex(@$"(?<![A-Za-z0-9_-])({string.Join('|', words.Keys.OrderByDescending(word => word.Length).Select(Regex.Escape))})(?![A-Za-z0-9_-])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Limit);
    }

    /// <summary>Old names of cards and the new ones, where they differ.</summary>
    public IReadOnlyDictionary<string, string> Names { get; }

    /// <summary>Cards have the names that profiles give them only after the next boot.</summary>
    public bool WaitForBoot { get; private init; }

    /// <summary>EL6 gives a card its name by a file of the backup's, which is restored too: the names stay there.</summary>
    public static NicNames Of(RestoreContext context)
    {
        var keepsNames = context.Platform.EnterpriseLinux is <= 6 || context.WantedOf<NetworkFacts>()?.NamesAreFixed == true;
        var (had, has) = (context.WantedOf<NetworkFacts>()?.Interfaces ?? [], context.FoundOf<NetworkFacts>()?.Interfaces ?? []);
        var names = (
            from pair in context.Macs.Concat(from nic in had where !context.Macs.ContainsKey(NicMapping.MacOf(nic)) select KeyValuePair.Create(NicMapping.MacOf(nic), NicMapping.MacOf(nic)))
            let before = had.FirstOrDefault(nic => NicMapping.MacOf(nic) == pair.Key && IsCard(nic))
            let now = has.FirstOrDefault(nic => NicMapping.MacOf(nic) == pair.Value && IsCard(nic))
            where before is not null && now is not null && before.Name != now.Name
            select (before.Name, now.Name)).DistinctBy(pair => pair.Item1).ToDictionary(pair => pair.Item1, pair => pair.Item2);
        return keepsNames ? new NicNames(context.Macs, new Dictionary<string, string>()) { WaitForBoot = names.Count > 0 } : new NicNames(context.Macs, names);
    }

    public ComponentState In(ComponentState state, Func<string, bool> isConcerned) =>
        pattern is null ? state : state with { Files = [.. state.Files.Select(file => file.Kind == FileKind.File && isConcerned(file.Path) ? In(file) : file)] };

    /// <summary>As it was where the search would take too long.</summary>
    public string In(string text)
    {
        try
        {
            return pattern?.Replace(text, match => CaseOf(match.Value, words[match.Value])) ?? text;
        }
        catch (RegexMatchTimeoutException)
        {
            return text;
        }
    }

    // Latin-1 keeps every byte as it is.
    private CapturedFile In(CapturedFile file)
    {
        var text = Encoding.Latin1.GetString(file.Content.Span);
        var replaced = In(text);
        return file with { Path = PathOf(file.Path), Content = replaced == text ? file.Content : Encoding.Latin1.GetBytes(replaced) };
    }

    // "/etc/sysconfig/network-scripts/ifcfg-eth0.100".
    private string PathOf(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        var dash = name.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0 || name[..dash] is not ("ifcfg" or "route" or "route6" or "rule" or "rule6" or "keys"))
            return path;
        var device = name[(dash + 1)..];
        var end = device.IndexOfAny(['.', ':']);
        var (card, rest) = end < 0 ? (device, "") : (device[..end], device[end..]);
        return Names.TryGetValue(card, out var renamed) ? $"{path[..^device.Length]}{renamed}{rest}" : path;
    }

    private static string CaseOf(string old, string @new) => old.Contains(':', StringComparison.Ordinal) && old.Any(char.IsAsciiLetterUpper) ? @new.ToUpperInvariant() : @new;

    // What a server calls its cards goes into files that shells read.
    private static bool IsPlain(string word) => word.Length > 0 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || "_-.:".Contains(letter, StringComparison.Ordinal));

    private static bool IsCard(NetworkFacts.Interface nic) => nic.Kind is NetworkFacts.LinkKind.Ethernet or NetworkFacts.LinkKind.InfiniBand;
}
