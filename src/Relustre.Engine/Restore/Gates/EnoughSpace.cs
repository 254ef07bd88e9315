using System.Globalization;
using Relustre.Facts;
using Relustre.Steps;

namespace Relustre.Restore.Gates;

/// <summary>What is written and installed fits. A package tool that runs out of space leaves a server that neither boots nor repairs itself.</summary>
public sealed class EnoughSpace() : Gate(GateName, "there is room for the packages that are missing and the files that are written")
{
    public const string GateName = "enough-space";

    // Nobody knows the sizes beforehand: an average of EL's packages when installed, and of what is downloaded for it; and a kernel with its initramfs.
    private const long Installed = 4L << 20;
    private const long Downloaded = 2L << 20;
    private const long Kernel = 160L << 20;
    private const long KernelModules = 400L << 20;
    private const long Reserve = 64L << 20;
    private const long FilesOfAPackage = 40;

    // For each place: what is free, in KiB and in files, of the file system that it will be in.
    private const string Look = """
        for place; do
            real=$place
            while [ ! -e "$real" ] && [ -n "$real" ]; do real=${real%/*}; done
            echo "space $(df -Pk -- "${real:-/}" | awk 'NR == 2 { print $4, $NF }') $place"
            echo "files $(df -Pi -- "${real:-/}" | awk 'NR == 2 { print ($2 + 0 ? $4 : "-"), $NF }') $place"
        done
        echo looked
        """;

    protected override async Task<GateAnswer> LookAsync(GateView view, CancellationToken cancel)
    {
        var look = $"ssh {view.Name} 'df -h; df -i'";
        if (await CountAsync(view, cancel) is not var (packages, kernels))
            return Closed($"{view.Name} does not tell which packages it has", look);
        var needs = Needs(view, packages, kernels);
        var answer = await view.Host.RunAsync(Question.Of(Look, [.. needs.Keys]), cancel);
        if (!answer.IsDone || answer.Lines() is not [.. var lines, "looked"])
            return Closed($"{view.Name} does not tell how much space it has ({answer.Said()})", look);
        var systems = lines.Select(Parse).OfType<Free>().ToList();
        if (systems.Count(one => !one.IsFiles) != needs.Count || systems.Count(one => one.IsFiles) != needs.Count)
            return Closed($"{view.Name} does not tell how much space it has", look);
        var full = systems.GroupBy(one => (one.System, one.IsFiles)).Select(system => Trouble(system, needs)).OfType<string>().ToList();
        return full.Count > 0 ? Closed($"too little room on {view.Name}: {full.Some()}", look) : Open($"there is room for {packages} packages and the plan's files");
    }

    private static async Task<(long Packages, long Kernels)?> CountAsync(GateView view, CancellationToken cancel)
    {
        if (view.WantedOf<PackagesFacts>() is not { Packages.Count: > 0 } wanted)
            return (0, 0);
        var answer = await view.Host.RunAsync(PackageQuestion.Of(view, wanted, asks: false), cancel);
        return answer.IsDone && Number(answer.After("missing")) is { } missing && Number(answer.After("kernels")) is { } kernels ? (missing, kernels) : null;
    }

    // A file is written whole beside the old one before it takes its place.
    private static Dictionary<string, (long Bytes, long Files)> Needs(GateView view, long packages, long kernels)
    {
        var needs = new Dictionary<string, (long Bytes, long Files)>
        {
            ["/"] = (Reserve, 100),
            ["/usr"] = ((packages * Installed) + (kernels * KernelModules), packages * FilesOfAPackage),
            ["/var/cache"] = (Reserve + (packages * Downloaded), 100),
            ["/var/lib/rpm"] = (Reserve, 100),
            ["/boot"] = (kernels * Kernel, kernels * 20),
        };
        foreach (var folder in view.Plan.Steps.Where(step => step.On is null).Select(step => step.Step).OfType<WriteFile>()
            .GroupBy(write => write.File.Path[..Math.Max(1, write.File.Path.LastIndexOf('/'))]))
            needs[folder.Key] = (needs.GetValueOrDefault(folder.Key).Bytes + folder.Sum(write => write.File.Content.Length + 8192L), needs.GetValueOrDefault(folder.Key).Files + folder.Count());
        return needs;
    }

    private static string? Trouble(IGrouping<(string System, bool IsFiles), Free> system, Dictionary<string, (long Bytes, long Files)> needs)
    {
        var free = system.Min(one => one.Amount);
        var need = system.Sum(one => system.Key.IsFiles ? needs.GetValueOrDefault(one.Place).Files : needs.GetValueOrDefault(one.Place).Bytes);
        return free >= need ? null : system.Key.IsFiles
            ? $"{system.Key.System} has room for {free} files, about {need} are needed"
            : $"{system.Key.System} has {free >> 20} MiB free, about {need >> 20} MiB are needed";
    }

    // "space 1234 /boot /boot", and a file system that makes files as it needs them says "files - /".
    private static Free? Parse(string line) => line.Split(' ', 4) is [var kind, var amount, var system, var place] && kind is "space" or "files"
        && (amount == "-" && kind == "files" ? long.MaxValue : Number(amount)) is { } number
            ? new Free(system, place, kind == "files" || number > long.MaxValue >> 10 ? number : number << 10, kind == "files")
            : null;

    private static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private sealed record Free(string System, string Place, long Amount, bool IsFiles);
}
