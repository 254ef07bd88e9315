using System.CommandLine;
using Relustre.Cli.Output;
using Relustre.Vault;

namespace Relustre.Cli.Commands;

/// <summary>Proves that the vault is intact.</summary>
internal sealed class CheckCommand : Verb
{
    private readonly Option<bool> readData = new("--read-data") { Description = "Read every byte and compare it with its checksum" };

    public CheckCommand() : base("check", "Prove that the vault is intact") => Add(readData);

    public override IReadOnlyList<string> Details =>
    [
        "Looks at everything in the vault: keys, index, packs, snapshots, and whether every file of every snapshot is there. With --read-data every byte is read "
            + "and verified. Damage is named with what to do about it; whatever is not damaged stays readable.",
        "An independent judge: restic check --read-data, with the same vault and password (see RECOVERY.txt).",
    ];

    public override IReadOnlyList<Example> Examples =>
    [
        new("relustre check", "quick: everything is there"),
        new("relustre check --read-data", "thorough: every byte is right"),
    ];

    public override IReadOnlyList<ExitCode> Exits => [ExitCode.NoVault, ExitCode.Locked, ExitCode.WrongPassword];

    public override async Task<ExitCode> RunAsync(CommandRun run, CancellationToken cancel)
    {
        var started = run.Outside.Clock.GetTimestamp();
        await using var vault = await run.OpenVaultAsync(run.OpenSite(), cancel);
        await using var turn = await LockAsync(vault, run.Screen, cancel);
        var faults = await FaultsAsync(vault, run, cancel);
        var damage = faults.Count(fault => fault.Severity == FaultSeverity.Damage);
        var elapsed = run.Outside.Clock.GetElapsedTime(started);
        if (run.Screen.IsJson)
            run.Screen.Json(
                new CheckReply(damage == 0, run.Value(readData), [.. faults.Select(CheckReply.Fault.Of)], Math.Round(elapsed.TotalSeconds, 3)),
                Replies.Json.CheckReply);
        else if (damage == 0)
            run.Screen.Line($"the vault is intact{(run.Value(readData) ? ", to the last byte" : "")} ({Units.Duration(elapsed)})");
        else
            run.Screen.Line($"the vault is damaged: {Units.Count(damage, "fault")}; what is not named above is still readable");
        return damage == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private async Task<List<VaultFault>> FaultsAsync(BlobVault vault, CommandRun run, CancellationToken cancel)
    {
        using var progress = new StatusLine(run.Screen, run.HasProgress, run.Outside.Clock);
        var faults = new List<VaultFault>();
        await foreach (var fault in vault.CheckAsync(run.Value(readData), new Steps(progress), cancel))
        {
            faults.Add(fault);
            progress.Clear();
            run.Screen.Note($"{(fault.Severity == FaultSeverity.Damage ? "DAMAGE" : "note")}: {fault}");
        }
        return faults;
    }

    // A vault on a read-only disk can be checked too: nobody else writes to it either.
    private static async Task<VaultLock?> LockAsync(BlobVault vault, Screen screen, CancellationToken cancel)
    {
        try
        {
            return await vault.LockAsync(exclusive: true, cancel);
        }
        catch (VaultReadOnlyException)
        {
            screen.Note("the vault is on a read-only disk; it is checked without a lock");
            return null;
        }
    }

    private sealed class Steps(StatusLine line) : IProgress<CheckProgress>
    {
        public void Report(CheckProgress value) => line.Show($"checking {value.Stage}: {value.Done} of {value.Total}");
    }
}
