using System.CommandLine;
using Relustre.Audit;
using Relustre.Cli.Output;
using Relustre.Cli.Views;
using Relustre.Hosts;
using Relustre.Operations;
using Relustre.Sites;
using Relustre.Snapshots;

namespace Relustre.Cli.Commands;

/// <summary>Tells every value that something had.</summary>
internal sealed class BlameCommand : Verb
{
    private readonly Argument<string> host = new("HOST") { Description = "The server; it need not be in the site any more" };
    private readonly Argument<string[]> what = new("WHAT")
    {
        Description = "A path; or a setting: COMPONENT KEY, FILE KEY, or a whole key as an audit shows it ('FILE: KEY')",
        Arity = new ArgumentArity(1, 2),
    };
    private readonly Option<bool> all = new("--all") { Description = "Look up what else changed for every value, not only the newest 50" };
    private readonly Option<bool> live = new("--live") { Description = "Also ask the server's own records: packages, logins, sudo (nothing is stored)" };

    public BlameCommand() : base("blame", "Tell every value that a file or a setting had, and what changed with it")
    {
        Add(host);
        Add(what);
        Add(all);
        Add(live);
    }

    public override IReadOnlyList<string> Details =>
    [
        "For each value: from when to when, in which snapshot it came, when the server was last seen to have the one before (so the change came in between), and what "
            + "else changed in that snapshot: other components, packages, IML's marks. The newest comes last. Times are universal (Z). Secrets are compared and never shown.",
        "With --live the server's own records of those times are asked: packages that were installed, logins, and sudo's commands with nothing but the paths in them. "
            + "Servers keep some weeks of them.",
    ];

    public override IReadOnlyList<Example> Examples =>
    [
        new("relustre blame mds1 /etc/corosync/corosync.conf", "every version of a file"),
        new("relustre blame mds1 corosync totem.token", "every value of a setting"),
        new("relustre blame mds1 /etc/fstab --live", "and who was there when it changed"),
    ];

    public override IReadOnlyList<ExitCode> Exits => [ExitCode.NoVault, ExitCode.WrongPassword];

    public override async Task<ExitCode> RunAsync(CommandRun run, CancellationToken cancel)
    {
        var site = run.OpenSite();
        var name = run.Value(host)!; // The parser has insisted on both.
        var words = run.Value(what)!;
        var catalogue = site.CatalogueFor(sshKeys: true);
        await using var vault = await run.OpenVaultAsync(site, cancel);
        var snapshots = await HostSnapshots.OfAsync(vault, name, cancel);
        var blame = new Blame(vault, new CatalogueIndex(catalogue), Ledger.BesideVault(site.VaultFolder), snapshots)
        {
            Detailed = run.Value(all) ? int.MaxValue : 50,
        };
        var subjects = await SubjectsAsync(blame, catalogue, words, cancel);
        if (run.Value(live))
            subjects = await new ServerRecords(HostOf(site, name), site.Limits, run.Outside.Clock).AddAsync(subjects, cancel);
        if (run.Screen.IsJson)
            run.Screen.Json(BlameReply.Of(name, subjects), Replies.Json.BlameReply);
        else
            BlameSheet.Show(name, subjects, run.Screen);
        return ExitCode.Done;
    }

    private static async Task<IReadOnlyList<BlamedSubject>> SubjectsAsync(Blame blame, Catalogue catalogue, string[] words, CancellationToken cancel) => words switch
    {
        [['/', ..] path] when !path.Contains(": ", StringComparison.Ordinal) => [await blame.PathAsync(Checked(path), cancel)],
        [['/', ..] path, var key] => await blame.SettingsAsync(ComponentsOf(catalogue, path), $"{path}: {key}", cancel),
        [var component, var key] => await blame.SettingsAsync([ComponentName.Find(catalogue, component)], key, cancel),
        [var key] when key.IndexOf(": ", StringComparison.Ordinal) is > 0 and var end && key[0] == '/' =>
            await blame.SettingsAsync(ComponentsOf(catalogue, key[..end]), key, cancel),
        // Whose it is nobody said, so all are read.
        _ => await blame.SettingsAsync(catalogue.Components, words[0], cancel),
    };

    private static Host HostOf(Site site, string name) =>
        site.Choose([name]) is [var entry] ? site.HostOf(entry) : throw Usage($"'{name}' is a pair: name one of its servers");

    private static string Checked(string path) => path.TrimEnd('/') is { Length: > 0 } trimmed
        && !trimmed.Split('/').Skip(1).Any(name => name is "" or "." or "..")
            ? trimmed
            : throw Usage($"'{path}' is no absolute path of a file or folder without '.', '..' and doubled slashes");

    private static List<Component> ComponentsOf(Catalogue catalogue, string path) =>
        catalogue.Components.Where(component => component.Has(path)).ToList() is { Count: > 0 } found
            ? found
            : throw Usage($"no component has {path}: give the path alone to see its versions");

    private static CommandFailedException Usage(string message) => new($"{message}\nSee 'relustre blame --help'", ExitCode.Usage);
}
