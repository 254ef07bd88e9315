using System.CommandLine;
using Relustre.Restore;
using Relustre.Sites;

namespace Relustre.Cli.Commands;

/// <summary>Which network card takes the place of which, on which server of a pair.</summary>
internal sealed class PairCardsOption
{
    private const string Usage = "say it once for each card, as --nic mds1:eth0=ens5 or --nic mds1:00:25:90:aa:bb:01=52:54:00:12:34:56";

    private readonly Option<string[]> nic = new("--nic")
    {
        HelpName = "SERVER:OLD=NEW",
        Description = "Which card of a server takes the place of which, by names or MAC addresses; can be repeated",
        Arity = ArgumentArity.OneOrMore,
    };

    public void AddTo(Verb verb) => verb.Add(nic);

    /// <param name="servers">Those of the pair.</param>
    public IReadOnlyList<ToldCard> Of(CommandRun run, IReadOnlyList<string> servers)
    {
        var told = new List<ToldCard>();
        foreach (var text in run.Value(nic) ?? [])
        {
            var card = Read(text, servers);
            if (told.Exists(other => (other.Host, other.Old) == (card.Host, card.Old)))
                throw Wrong(text, Usage);
            told.Add(card);
        }
        return told;
    }

    private static ToldCard Read(string text, IReadOnlyList<string> servers)
    {
        if (text.Split('=') is not [{ Length: > 0 } left, { Length: > 0 } card])
            throw Wrong(text, Usage);
        if (servers.FirstOrDefault(server => left.StartsWith($"{server}:", StringComparison.Ordinal)) is { } owner)
            return left[(owner.Length + 1)..] is { Length: > 0 } old ? new ToldCard(owner, old, card) : throw Wrong(text, Usage);
        // A card's name has no colon, so what is before one is meant for a server, unless all of it is an address.
        return left.Split(':') is [var other, _, ..] words && !words.All(IsOctet)
            ? throw Wrong(text, $"the pair has {string.Join(" and ", servers)}, and no server '{other}'{Spelling.DidYouMean(other, servers)}")
            : new ToldCard(null, left, card);
    }

    private static bool IsOctet(string word) => word.Length == 2 && word.All(char.IsAsciiHexDigit);

    private static CommandFailedException Wrong(string text, string why) => new($"--nic {text}: {why}", ExitCode.Usage);
}
