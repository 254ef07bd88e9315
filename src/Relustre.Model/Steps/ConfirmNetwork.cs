namespace Relustre.Steps;

/// <summary>Tells the server over a new connection that its network reaches us, so that it does not put back the former one.</summary>
/// <param name="Folder">Where the change of the network is told of, on the server.</param>
public sealed record ConfirmNetwork(string Folder) : RestoreStep
{
    // A connection from before the change shows nothing, so one that sees that it is made, or waits until it is, asks for another; one that
    // began when that had been seen was begun later.
    private const string Script = """
        cd "$1" || exit 1; begun=
        [ ! -e seen ] || begun=later
        i=0; until [ -e applied ] || [ -e decided ] || [ $i -ge 20 ]; do i=$((i + 1)); sleep 0.1 2>/dev/null || sleep 1; done
        [ -e applied ] || [ -e decided ] || { echo "the $2 was not applied within a minute: look into $1/applied.log" >&2; exit 75; }
        [ -n "$begun" ] || [ -e decided ] || { : >seen; echo "the $2 was applied, and nobody came over a new connection" >&2; exit 75; }
        [ -e decided ] || [ ! -e failed ] || { echo "the $2 was not taken, and the server puts back what it had: look into $1/applied.log, mend that and plan again" >&2; exit 1; }
        if mkdir decided 2>/dev/null; then : >decided/confirmed; exit 0; fi
        [ ! -e decided/confirmed ] || exit 0
        echo "nobody reached the server with the $2 of the backup, so it put back the one that it had. Going on does not try that again: end this restore by --give-up, see why, and plan anew, $3" >&2; exit 1
        """;

    /// <summary>What was changed.</summary>
    public string Subject { get; init; } = "network";

    public override string Summary => $"confirm the {Subject} over a new connection";

    public override bool NeedsNewConnection => true;

    public override RemoteCommand On(Platform platform) => StepScript.Command($"confirm-{Subject}", Script, Folder, Subject, Subject == "network" ? "with --nic OLD=NEW if a card is another one" : $"of one server with --except {Subject} if it is to stay as it is") with { TimeLimit = 90 };
}
