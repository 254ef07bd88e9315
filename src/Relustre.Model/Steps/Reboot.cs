namespace Relustre.Steps;

/// <summary>Boots the server again; the restore goes on when it answers with another boot id.</summary>
public sealed record Reboot : RestoreStep
{
    public override string Summary => "reboot";

    public override bool EndsConnection => true;

    // Detached, so that the answer arrives before the connection goes.
    public override RemoteCommand On(Platform platform) =>
        StepScript.Command("reboot", "(sleep 0.3 2>/dev/null || sleep 1; reboot) >/dev/null 2>&1 </dev/null & ");
}
