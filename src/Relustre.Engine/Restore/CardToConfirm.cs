using Relustre.Hosts;

namespace Relustre.Restore;

/// <summary>A network card of which only a person knows what becomes of it.</summary>
/// <param name="Host">The server, by its name in the site.</param>
/// <param name="Says">What we think, and why that is not enough.</param>
/// <param name="Confirm">How a person says so: options of <c>plan</c> and <c>restore</c>, or of <c>recover-cluster</c>.</param>
public sealed record CardToConfirm(string Host, string Says, string Confirm)
{
    /// <summary>The same where it is asked for a whole pair, whose servers have cards of the same names.</summary>
    internal CardToConfirm OfPair() => this with { Says = $"{Host}: {Says}", Confirm = Confirm.Replace("--nic ", $"--nic {Host}:", StringComparison.Ordinal) };

    /// <summary>A card without any that could take its place is none of these: its driver may come with the packages, and its profile is written as it was.</summary>
    public static IReadOnlyList<CardToConfirm> Of(string host, NicMapping cards) =>
    [
        .. from pair in cards.Doubtful
           select new CardToConfirm(host, Harmless.Text($"{pair}"), Harmless.Text($"--nic {pair.Wanted.Name}={pair.Found.Name}")),
        .. from card in cards.Homeless
           let choices = cards.New.Where(nic => nic.Kind == card.Kind).Select(nic => $"{nic.Name} ({NicMapping.MacOf(nic)})").ToList()
           where choices.Count > 0
           select new CardToConfirm(host, Harmless.Text($"{card.Name} ({NicMapping.MacOf(card)}) becomes one of {string.Join(", ", choices)}: nothing tells which"), Harmless.Text($"--nic {card.Name}=NEW")),
    ];
}
