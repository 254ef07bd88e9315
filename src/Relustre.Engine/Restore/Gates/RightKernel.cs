using Relustre.Facts;

namespace Relustre.Restore.Gates;

/// <summary>Lustre's modules fit one kernel: with another one LNet does not come up and no target can be mounted. Asked after the reboot.</summary>
public sealed class RightKernel() : Gate(GateName, "this server runs the kernel that it ran, and Lustre's modules can be loaded into it")
{
    public const string GateName = "right-kernel";

    private const string Look = """
        echo "kernel $(uname -r)"
        for module; do modprobe -n -q "$module" >/dev/null 2>&1 || echo "lacks $module"; done
        echo looked
        """;

    protected override async Task<GateAnswer> LookAsync(GateView view, CancellationToken cancel)
    {
        var look = $"ssh {view.Name} 'uname -r; modprobe -n -v lustre; grubby --default-kernel'";
        if (view.WantedOf<SystemFacts>()?.Kernel is not { Length: > 0 } wanted)
            return Closed($"the backup does not tell which kernel {view.Name} ran", look);
        var answer = await view.Host.RunAsync(Question.Of(Look, [.. Modules(view)]), cancel);
        if (!answer.IsDone || answer.Lines() is not [var first, .., "looked"] || !first.StartsWith("kernel ", StringComparison.Ordinal))
            return Closed($"{view.Name} does not tell which kernel it runs ({answer.Said()})", look);
        var found = first["kernel ".Length..];
        if (found != wanted)
            return Closed($"{view.Name} runs the kernel {found}, and ran {wanted}: make that the default ('grubby --set-default /boot/vmlinuz-{wanted}') and boot it", look);
        var lacking = answer.Lines().Where(line => line.StartsWith("lacks ", StringComparison.Ordinal)).Select(line => line["lacks ".Length..]).ToList();
        return lacking.Count == 0
            ? Open($"{view.Name} runs {found}")
            : Closed($"the kernel {found} has no module {lacking.Some()}: the packages that bring it are missing, or are for another kernel", look);
    }

    private static IEnumerable<string> Modules(GateView view) =>
    [
        .. view.WantedOf<LustreFacts>()?.Version is not null || view.WantedOf<LnetFacts>() is { ConfiguredBy.Count: > 0 } ? ["lnet", "lustre"] : Array.Empty<string>(),
        .. view.WantedOf<ZfsFacts>() is { Pools.Count: > 0 } ? ["zfs"] : Array.Empty<string>(),
    ];
}
