using System.CommandLine;
using System.Text.Json;
using Relustre.Cli.Output;
using Relustre.Cli.Views;
using Relustre.Sites;
using Relustre.Snapshots;

namespace Relustre.Cli.Commands;

/// <summary>Tells what a server is, from its snapshot alone.</summary>
internal sealed class ShowCommand : Verb
{
    private readonly Argument<string> snapshot = SnapshotArgument.Create();
    private readonly Option<string?> component = new("--component") { HelpName = "NAME", Description = "Everything that is known of one component" };
    private readonly Option<bool> problems = new("--problems") { Description = "Only what could not be captured" };

    public ShowCommand() : base("show", "Tell what a server is")
    {
        Add(snapshot);
        Add(component);
        Add(problems);
    }

    public override IReadOnlyList<string> Details =>
    [
        "Prints the snapshot's manifest for people: the system, its network, its cluster and targets, what was captured of each component, and what could not be "
            + "captured. Everything comes from the snapshot; the server is not asked. No secret is shown.",
    ];

    public override IReadOnlyList<Example> Examples =>
    [
        new("relustre show mds1", "what mds1 is"),
        new("relustre show mds1 --component pacemaker", "all about its cluster's resources"),
        new("relustre show mds1 --json | jq .facts", "every fact, typed (docs/manifest.md)"),
    ];

    public override IReadOnlyList<ExitCode> Exits => [ExitCode.NoVault, ExitCode.WrongPassword];

    public override async Task<ExitCode> RunAsync(CommandRun run, CancellationToken cancel)
    {
        await using var vault = await run.OpenVaultAsync(run.OpenSite(), cancel);
        var reader = await CommandRun.FindAsync(vault, run.Value(snapshot)!, cancel); // The parser has insisted on it.
        var manifest = await reader.ManifestAsync(cancel);
        var facts = await reader.FactsAsync(manifest, cancel);
        if (run.Screen.IsJson)
            run.Screen.Json(
                new ShowReply(SnapshotReply.Of(reader.Snapshot), manifest, [.. facts.Select(Element)]), Replies.Json.ShowReply);
        else if (run.Value(problems))
            foreach (var problem in manifest.Problems)
                run.Screen.Line($"{problem.Subject}: {problem.Message}");
        else if (run.Value(component) is { } name)
            ShowComponent(run.Screen, manifest, facts, name);
        else
            foreach (var line in ServerPortrait.Of(reader.Snapshot, manifest, facts))
                run.Screen.Line(line);
        return ExitCode.Done;
    }

    private static void ShowComponent(Screen screen, Manifest manifest, IReadOnlyList<ComponentFacts> facts, string name)
    {
        if (manifest.Components.FirstOrDefault(one => one.Name == name) is not { } component)
            throw new CommandFailedException(
                $"this snapshot has no component '{name}'{Spelling.DidYouMean(name, manifest.Components.Select(one => one.Name))}");
        screen.Line($"{name}: {Units.Count(component.Files, "file")}");
        foreach (var tool in component.Tools)
            screen.Line($"  {ServerPortrait.Words(tool)}");
        foreach (var element in facts.Select(Element).Where(element => element.GetProperty("component").GetString() == name))
            foreach (var line in FactLines.Of(element))
                screen.Line($"  {line}");
    }

    private static JsonElement Element(ComponentFacts facts) => JsonSerializer.SerializeToElement(facts, FactsJson.Default.ComponentFacts);
}
