using System.Text;
using Relustre.Facts;
using Relustre.Hosts;
using Relustre.Steps;

namespace Relustre.Restore.Gates;

/// <summary>Asks a server which of its wanted packages are missing, and which of these its repositories have.</summary>
internal static class PackageQuestion
{
    private const int TimeLimit = 600;

    // What decides where packages come from. Of the agent's files those that the repositories name.
    private static readonly string[] places = ["/etc/yum.repos.d/", "/etc/yum/vars/", "/etc/dnf/vars/", "/etc/dnf/modules.d/"];
    private static readonly string[] files = ["/etc/hosts", "/etc/resolv.conf", "/etc/yum.conf", "/etc/dnf/dnf.conf"];

    private static readonly Lazy<string> script = new(() =>
    {
        using var reader = new StreamReader(typeof(PackageQuestion).Assembly.GetManifestResourceStream("packages.sh")!); // Embedded by this project.
        return reader.ReadToEnd();
    });

    /// <param name="wanted">What was installed.</param>
    /// <param name="asks">Whether its repositories are asked too.</param>
    public static RemoteCommand Of(GateView view, PackagesFacts wanted, bool asks)
    {
        var tool = view.Plan.Platform.PackageTool switch { PackageTool.Yum => "yum", PackageTool.Apt => "apt", _ => "dnf" };
        var repositories = view.WantedOf<RepositoriesFacts>();
        var input = new StringBuilder();
        foreach (var name in PackageChange.Missing(wanted, found: null))
            input.Append("p ").Append(name).Append('\n');
        var named = (repositories?.Repositories ?? []).SelectMany(repository => new[] { repository.CaCertificate, repository.ClientCertificate, repository.ClientKey }).ToHashSet();
        foreach (var file in asks ? Written(view).Where(file => Matters(file.Path, named)) : [])
            input.Append("f ").Append(file.Path).Append(' ').Append(Convert.ToBase64String(file.Content.Span)).Append('\n');
        return Question.Of(script.Value, asks ? "ask" : "count", tool, string.Join(',', PackageChange.RepositoriesToEnable(wanted, repositories))) with
        {
            TimeLimit = TimeLimit,
            Input = Encoding.UTF8.GetBytes(input.ToString()),
        };
    }

    private static IEnumerable<CapturedFile> Written(GateView view) => view.Plan.Steps.Where(step => step.On is null).Select(step => step.Step).OfType<WriteFile>().Select(write => write.File);

    // What would not survive as one word in a line is no path of these.
    private static bool Matters(string path, HashSet<string?> named) => Harmless.Text(path) == path && !path.Contains(' ', StringComparison.Ordinal) && !path.Contains('|', StringComparison.Ordinal)
        && (files.Contains(path) || named.Contains(path) || Array.Exists(places, place => path.StartsWith(place, StringComparison.Ordinal)));
}
