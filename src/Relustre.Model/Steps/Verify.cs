namespace Relustre.Steps;

/// <summary>Waits until something holds, as long as its check has patience, and fails when it does not. Changes nothing.</summary>
public sealed record Verify(Check Check) : RestoreStep
{
    // What the check itself says last is the reason when it never holds.
    private const string Script = """
        expecting=$1; end=$(($(date +%s) + $2)); shift 2
        while :; do
            said=$("$@" 2>&1) && { [ -z "$expecting" ] || printf '%s' "$said" | grep -qF -- "$expecting"; } && exit 0
            [ "$(date +%s)" -lt "$end" ] || break
            sleep 0.1 2>/dev/null || sleep 1
        done
        printf '%s\n' "$said" | tail -n 3; exit 1
        """;

    public override string Summary => $"see that {Check.Statement}";

    public override RemoteCommand On(Platform platform) =>
        StepScript.Command("verify", Script, [Check.Expecting ?? "", $"{Check.Patience}", .. Check.Command.Arguments]) with
        {
            Input = Check.Command.Input,
            TimeLimit = Check.Patience + Check.Command.TimeLimit,
        };
}
