using System.CommandLine;
using Relustre.Cli.Views;
using Relustre.Operations;
using Relustre.Sites;
using Relustre.Snapshots;
using Relustre.Vault;

namespace Relustre.Cli.Commands;

/// <summary>What <c>plan</c> and <c>restore</c> are told: which server, from when, which parts of it.</summary>
internal sealed class RestoreChoice
{
    private readonly Argument<string> host = new("HOST") { Description = "The server to bring back" };
    private readonly Option<string?> at = new("--at") { HelpName = "TIME", Description = "A date, or a snapshot (the server's newest by default)" };
    private readonly Option<string[]> only = new("--only") { HelpName = "COMPONENT", Description = "This component alone; can be repeated", Arity = ArgumentArity.OneOrMore };

    public void AddTo(Verb verb)
    {
        verb.Add(host);
        verb.Add(at);
        verb.Add(only);
    }

    public string Host(CommandRun run) => run.Value(host)!; // The parser has insisted on it.

    public async Task<PlannedRestore> PlanAsync(CommandRun run, Site site, BlobVault vault, CancellationToken cancel)
    {
        if (site.Choose([Host(run)]) is not [var entry])
            throw new CommandFailedException($"{Host(run)} is a pair: restore one server at a time", ExitCode.Usage);
        var index = new CatalogueIndex(site.CatalogueFor(entry.SshKeys));
        var components = index.Catalogue.Components.Select(component => component.Name).ToList();
        foreach (var name in run.Value(only) ?? [])
            if (!components.Contains(name))
                throw new CommandFailedException($"there is no component '{name}'{Spelling.DidYouMean(name, components)}", ExitCode.Usage);
        var snapshot = await SnapshotAsync(run, entry.Name, vault, cancel);
        var view = new BackupView(run.Screen, run.HasProgress, [entry.Name], run.Outside.Clock);
        return await view.WatchAsync(() => new PlanRestore(vault, index, run.Outside.Clock)
            .RunAsync(site.HostOf(entry), snapshot, run.Value(only) ?? [], OptionsOf(site), view.Report, cancel), cancel);
    }

    public static BackUpOptions OptionsOf(Site site) => new() { MemoryFolder = site.MemoryFolder, Parallel = site.File.Parallel, Limits = site.Limits };

    private async Task<StoredSnapshot> SnapshotAsync(CommandRun run, string name, BlobVault vault, CancellationToken cancel)
    {
        var finder = new SnapshotFinder(await vault.SnapshotsAsync(cancel).ToListAsync(cancel));
        if (run.Value(at) is not { } time)
            return finder.Find(name);
        try
        {
            return finder.Find($"{name}@{time}");
        }
        catch (SnapshotNotFoundException)
        {
            return finder.Find(time);
        }
    }
}
