using Relustre.Facts;
using Relustre.Steps;

namespace Relustre;

/// <summary>
/// What starts by itself, as it was. Nothing is started or stopped by it, and what belongs to the cluster alone is left to the
/// phase in which the node rejoins.
/// </summary>
internal static class ServiceChange
{
    private const string UnitFolder = "/etc/systemd/system/";

    // A unit whose package is missing is no failure here: the packages say so, and the audit at the end.
    private const string SystemdScript = """
        r=0 verb=
        does() { [ $# -gt 1 ] || return 0; systemctl "$@" && return 0; v=$1; shift; for u; do systemctl "$v" "$u" || { echo "$v $u failed"; r=1; }; done; }
        unmask= enable= disable= mask=
        for a; do
          case $a in enable|disable|mask|unmask) verb=$a; continue ;; esac
          s=$(systemctl is-enabled "$a" 2>/dev/null) || :
          case $s in ''|not-found|bad) continue ;; masked*) [ $verb = mask ] || unmask="$unmask $a" ;; esac
          case $verb:$s in
            enable:enabled|mask:masked|unmask:*) ;;
            enable:*) enable="$enable $a" ;;
            mask:*) mask="$mask $a" ;;
            disable:enabled*|disable:linked*|disable:masked*) disable="$disable $a" ;;
          esac
        done
        does unmask $unmask; does disable $disable; does enable $enable; does mask $mask
        exit $r
        """;

    // What chkconfig is told is the whole answer for each service: on in these runlevels, and off in all others.
    private const string SysVScript = """
        r=0
        for a; do
          n=${a%%=*} on=${a#*=}
          case $on in
            on|off) [ -e "/etc/xinetd.d/$n" ] || continue; chkconfig "$n" "$on" || r=1; continue ;;
          esac
          [ -e "/etc/init.d/$n" ] || [ -e "/etc/rc.d/init.d/$n" ] || continue
          s=$(LC_ALL=C chkconfig --list "$n" 2>/dev/null) || { chkconfig --add "$n"; s=$(LC_ALL=C chkconfig --list "$n" 2>/dev/null); }
          up= down=
          for l in 0 1 2 3 4 5 6; do
            w=; case $on in *"$l"*) w=on ;; esac
            case $w:$s in on:*"$l:on"*) ;; on:*) up=$up$l ;; :*"$l:on"*) down=$down$l ;; esac
          done
          [ -z "$down" ] || chkconfig --level "$down" "$n" off || r=1
          [ -z "$up" ] || chkconfig --level "$up" "$n" on || r=1
        done
        exit $r
        """;

    public static IEnumerable<RestoreStep> Steps(
        ComponentState wanted, ComponentState found, ServicesFacts were, ServicesFacts? are, IReadOnlyList<Difference> differences, Platform platform)
    {
        List<RestoreStep> files = [.. FileChanges.Of(wanted, found, differences).Where(IsOurs)];
        if (!platform.HasSystemd)
            return [.. files, .. Runlevels(were, are)];
        IReadOnlyList<RestoreStep> reload = files.Count == 0 ? [] : [new RunTool("make systemd read its units again", new("systemctl", "daemon-reload"))];
        return [.. files, .. reload, .. Units(wanted, were, are), .. Target(were, are), .. Runlevels(were, are)];
    }

    // The links that say what starts are made by systemctl and chkconfig; and what an extra package brought is its own.
    private static bool IsOurs(RestoreStep step) => step switch
    {
        MakeLink link => !link.Link.Path.StartsWith(UnitFolder, StringComparison.Ordinal) && !IsRunlevelFolder(link.Link.Path),
        MakeFolder folder => !IsRunlevelFolder(folder.Folder.Path) && !IsLinkFolder(folder.Folder.Path),
        RemoveFile removal => removal is { IsFolder: false } && removal.Path.StartsWith(UnitFolder, StringComparison.Ordinal) && removal.Path.EndsWith(".conf", StringComparison.Ordinal),
        _ => true,
    };

    private static bool IsLinkFolder(string path) => path.EndsWith(".wants", StringComparison.Ordinal) || path.EndsWith(".requires", StringComparison.Ordinal);

    // "/etc/rc3.d/S10network", "/etc/rc.d/rc3.d/S10network".
    private static bool IsRunlevelFolder(string path) =>
        path.Split('/').Any(part => part is ['r', 'c', >= '0' and <= '6' or 'S', '.', 'd']);

    private static IEnumerable<RestoreStep> Units(ComponentState wanted, ServicesFacts were, ServicesFacts? are)
    {
        var now = (are?.Units ?? []).ToLookup(unit => unit.Name, unit => unit.State);
        var changed = were.Units.Where(unit => IsPlain(unit.Name) && !ClusterServices.Has(unit.Name) && now[unit.Name].FirstOrDefault() != unit.State).ToList();
        // An instance may be masked beside the link that would start it.
        var neverStarts = Named(were.Units, "masked");
        IReadOnlyList<string> enabled = [.. Named(changed, "enabled"), .. Instances(wanted).Except(neverStarts).Where(name => !now[name].Contains("enabled"))];
        var disabled = Named(changed, "disabled");
        var masked = Named(changed, "masked");
        // Also one that is neither on nor off by itself must be possible to start.
        IReadOnlyList<string> unmasked = [.. changed.Where(unit => unit.State is "static" or "indirect" && now[unit.Name].Contains("masked")).Select(unit => unit.Name)];
        if (enabled.Count + disabled.Count + masked.Count + unmasked.Count == 0)
            return [];
        var what = string.Join(", ", new[] { Counted(enabled, "on"), Counted(disabled, "off"), Counted(masked, "masked"), Counted(unmasked, "unmasked") }.OfType<string>());
        return [new RunTool($"set what starts by itself ({what})", StepScript.Command("set-units", SystemdScript,
            [.. After("unmask", unmasked), .. After("disable", disabled), .. After("enable", enabled), .. After("mask", masked)]) with { TimeLimit = 300 })];
    }

    private static List<string> Named(IEnumerable<ServicesFacts.Unit> units, string state) =>
        [.. from unit in units where unit.State == state select unit.Name];

    private static string? Counted(IReadOnlyList<string> units, string what) => units.Count switch
    {
        0 => null,
        <= 3 => $"{what}: {string.Join(' ', units)}",
        var count => $"{count} {what}",
    };

    private static IReadOnlyList<string> After(string verb, IReadOnlyList<string> units) => units.Count == 0 ? [] : [verb, .. units];

    // list-unit-files does not tell of instances: "multi-user.target.wants/openvpn@site.service".
    private static IEnumerable<string> Instances(ComponentState wanted) =>
        (from file in wanted.Files
         where file.Kind == FileKind.Symlink && file.Path.StartsWith(UnitFolder, StringComparison.Ordinal) && file.Path.Contains(".wants/", StringComparison.Ordinal)
         let name = file.Path.Split('/')[^1]
         where name.Contains('@') && !name.Contains("@.", StringComparison.Ordinal) && IsPlain(name) && !ClusterServices.Has(name)
         select name).Distinct();

    private static IEnumerable<RestoreStep> Target(ServicesFacts were, ServicesFacts? are) =>
        were.DefaultTarget is { } target && target != are?.DefaultTarget && target.EndsWith(".target", StringComparison.Ordinal) && IsPlain(target)
            ? [new RunTool($"boot into {target}", new("systemctl", "set-default", target))]
            : [];

    private static IEnumerable<RestoreStep> Runlevels(ServicesFacts were, ServicesFacts? are)
    {
        var now = (are?.SysV ?? []).ToLookup(service => service.Name, service => service.Levels);
        var nowXinetd = (are?.Xinetd ?? []).ToLookup(service => service.Name, service => service.IsOn);
        IReadOnlyList<string> changed =
        [
            .. from service in were.SysV
               where IsPlain(service.Name) && !ClusterServices.Has(service.Name) && now[service.Name].FirstOrDefault() != service.Levels
               select $"{service.Name}={service.Levels}",
            .. from service in were.Xinetd
               where IsPlain(service.Name) && !nowXinetd[service.Name].Contains(service.IsOn)
               select $"{service.Name}={(service.IsOn ? "on" : "off")}",
        ];
        return changed.Count == 0 ? [] : [new RunTool(
            $"set the runlevels of {(changed.Count <= 3 ? string.Join(", ", changed.Select(name => name.Split('=')[0])) : $"{changed.Count} services")}",
            StepScript.Command("set-runlevels", SysVScript, changed) with { TimeLimit = 300 })];
    }

    private static bool IsPlain(string name) => name.Length > 0 && (char.IsAsciiLetterOrDigit(name[0]) || name[0] is '_')
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || "-_.@:\\".Contains(letter, StringComparison.Ordinal)) && name is not ("enable" or "disable" or "mask" or "unmask");
}
