using System.Text;
using System.Text.RegularExpressions;
using Relustre.Facts;

namespace Relustre.Archives;

/// <summary>
/// The shell script that makes a server start the services that it started. Unlike the appendix's, it knows xinetd's services from those
/// with runlevels, and systemd's units.
/// </summary>
internal static partial class RunlevelScript
{
    private const string Levels = "0123456";

    private const string Head = """
        #!/bin/sh
        # Makes this server start at boot what it started when it was backed up. It starts and stops nothing now.
        # Run it as root when the packages are installed. What is not installed is told and passed over; the exit code is then 1.
        PATH=$PATH:/sbin:/usr/sbin
        failed=0
        run() { "$@" || { echo "failed: $*" >&2; failed=1; }; }


        """;

    // The server wrote these names: what is no service's name stays out of a script that root runs.
    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9_.@:+\\-]{0,254}\z", RegexOptions.NonBacktracking)]
    private static partial Regex ServiceName { get; }

    public static string Of(ServicesFacts services)
    {
        var script = new StringBuilder(Head.ReplaceLineEndings("\n"));
        foreach (var command in Commands(services))
            script.Append("run ").Append(command).Append('\n');
        return script.Append("exit $failed\n").ToString();
    }

    private static IEnumerable<string> Commands(ServicesFacts services) =>
    [
        .. services.SysV.Where(service => IsName(service.Name)).SelectMany(SysV),
        .. from service in services.Xinetd where IsName(service.Name) select $"chkconfig '{service.Name}' {(service.IsOn ? "on" : "off")}",
        .. from unit in services.Units where IsName(unit.Name) let verb = Verb(unit.State) where verb is not null select $"systemctl {verb} '{unit.Name}'",
        .. services.DefaultTarget is { } target && target.EndsWith(".target", StringComparison.Ordinal) && IsName(target) ? [$"systemctl set-default '{target}'"] : Array.Empty<string>(),
    ];

    private static IEnumerable<string> SysV(ServicesFacts.SysVService service)
    {
        var on = string.Concat(Levels.Where(service.Levels.Contains));
        var off = string.Concat(Levels.Except(service.Levels));
        if (off.Length > 0)
            yield return $"chkconfig --level {off} '{service.Name}' off";
        if (on.Length > 0)
            yield return $"chkconfig --level {on} '{service.Name}' on";
    }

    // A static, generated or aliased unit has no state of its own.
    private static string? Verb(string state) => state switch
    {
        "enabled" => "enable",
        "disabled" => "disable",
        "masked" => "mask",
        _ => null,
    };

    private static bool IsName(string name) => ServiceName.IsMatch(name);
}
