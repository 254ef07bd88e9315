using Relustre.Facts;

namespace Relustre.Restore.Gates;

/// <summary>
/// Every package that is to be installed can be had, in its very version: asked before the first change, with the repositories as they
/// will be. Repositories keep only the latest, and a server is not left half made because of one that is gone.
/// </summary>
public sealed class PackagesAvailable() : Gate(GateName, "the repositories have every package that is missing, in the version that was installed")
{
    public const string GateName = "packages-available";

    protected override async Task<GateAnswer> LookAsync(GateView view, CancellationToken cancel)
    {
        var look = $"ssh {view.Name} '{(view.Plan.Platform.PackageTool == PackageTool.Apt ? "apt-cache madison PACKAGE" : "yum list available --showduplicates")}'";
        if (view.WantedOf<PackagesFacts>() is not { Packages.Count: > 0 } wanted)
            return Closed($"the backup does not tell which packages {view.Name} had", look);
        var answer = await view.Host.RunAsync(PackageQuestion.Of(view, wanted, asks: true), cancel);
        if (answer.After("failed") is { } reason)
            return Closed($"{view.Name} cannot ask its repositories: {reason}", look);
        if (!answer.IsDone || answer.Lines() is not [.. var lines, "asked"] || !int.TryParse(answer.After("missing"), out var missing))
            return Closed($"{view.Name} does not tell which packages it has or can get ({answer.Said()})", look);
        var lacking = lines.Where(line => line.StartsWith("lacking ", StringComparison.Ordinal)).Select(line => line["lacking ".Length..]).Order(StringComparer.Ordinal).ToList();
        return lacking.Count == 0
            ? Open(missing == 0 ? "every package is installed" : $"all {missing} missing packages are to be had")
            : Closed($"no repository has {lacking.Some(20)}: put them into a repository that {view.Name} reads", look);
    }
}
