namespace Relustre.Restore.Gates;

/// <summary>
/// Whose network card takes the place of which is known, and nobody guesses: profiles, firewall, LNet and agent name cards, and a guess that is
/// wrong puts the server's addresses on the wrong wire.
/// </summary>
public sealed class CardsConfirmed() : Gate(GateName, "every network card that was in use has a successor which more than its name tells")
{
    public const string GateName = "cards-confirmed";

    private const string Cards = """
        for nic in /sys/class/net/*; do [ ! -r "$nic/address" ] || echo "card ${nic##*/} ($(cat "$nic/address"))"; done
        echo looked
        """;

    protected override async Task<GateAnswer> LookAsync(GateView view, CancellationToken cancel)
    {
        var look = $"ssh {view.Name} 'ip -o link; ip -o address; ls -l /sys/class/net'";
        var answer = await view.Host.RunAsync(Question.Of(Cards), cancel);
        if (!answer.IsDone || answer.After("looked") is null)
            return Closed($"{view.Name} does not tell which cards it has ({answer.Said()})", look);
        var open = view.Plan.Cards.Where(card => card.Host == view.Name).ToList();
        if (open.Count == 0)
            return Open("every card is known by more than its name");
        var present = answer.Lines().Where(line => line.StartsWith("card ", StringComparison.Ordinal)).Select(line => line["card ".Length..]).ToList();
        return Closed($"{string.Join("; ", open.Select(card => card.Says))}. {view.Name} has {present.Some(12)} now", look);
    }
}
