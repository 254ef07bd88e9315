using Relustre.Steps;

namespace Relustre;

/// <summary>What makes a daemon read its files again: only one that starts by itself, since others are not ours to start.</summary>
internal static class UnitSteps
{
    private const string Systemd = """
        v=$1 r=0; shift
        [ "$v" = restart ] || v=reload-or-restart
        for u; do systemctl -q is-enabled "$u" >/dev/null 2>&1 || continue; systemctl "$v" "$u" || r=1; done; exit $r
        """;

    private const string SysV = """
        v=$1 r=0; shift
        for u; do chkconfig "$u" >/dev/null 2>&1 || continue; service "$u" "$v" || r=1; done; exit $r
        """;

    /// <param name="units">By their names without a suffix, those of every era: a server has one of them.</param>
    public static RestoreStep Restart(Platform platform, params IReadOnlyList<string> units) => Of(platform, "restart", units);

    /// <summary>Without ending what it does meanwhile.</summary>
    public static RestoreStep Reload(Platform platform, params IReadOnlyList<string> units) => Of(platform, "reload", units);

    /// <summary>The same as text for a script of a step's own.</summary>
    public static string Script(Platform platform, string verb, params IReadOnlyList<string> units) =>
        $"(set -- {verb} {string.Join(' ', units)}\n{(platform.HasSystemd ? Systemd : SysV)}\n)";

    private static RunTool Of(Platform platform, string verb, IReadOnlyList<string> units) => new(
        $"{verb} {string.Join(" or ", units)} where it starts by itself",
        StepScript.Command($"{verb}-units", platform.HasSystemd ? Systemd : SysV, [verb, .. units]) with { TimeLimit = 120 });
}
