namespace Relustre.Restore.Gates;

/// <summary>
/// The partner can cut this server's power, and has just heard so from the device that does it. Without that a cluster that loses
/// sight of the server starts its targets a second time, or not at all.
/// </summary>
public sealed class FencingWorks() : Gate(GateName, "the cluster may fence this server, and the device that does it answers")
{
    public const string GateName = "fencing-works";

    // What IML's fence_chroma does, with "status" in place of "off": each device of the node's attributes is asked by its own agent, and any other
    // fence device of the cluster by its parameters. Passwords go from the CIB to the agent through pipes, and nothing that an agent says comes back.
    private const string Script = """
        node=$1
        cib=$(cibadmin --query 2>/dev/null) || exit 69
        pairs() { printf '%s\n' "$cib" | awk -v want="$1" -v what="$2" '
            function of(name,  at) { at = match($0, "[ \t]" name "=\"[^\"]*\""); return at ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : "" }
            /<node[ >]/ { inside = what == "node" && of("uname") == want }
            /<primitive[ >]/ { inside = what == "primitive" && of("id") == want }
            /<\/node>|<\/primitive>/ { inside = 0 }
            /<instance_attributes/ { set = !operations } /<operations/ { operations = 1 } /<\/operations>/ { operations = 0 } /<\/instance_attributes>/ { set = 0 }
            inside && set && /<nvpair[ >]/ { print of("name") "=" of("value") }' | sed -e 's/&quot;/"/g' -e "s/&apos;/'/g" -e 's/&lt;/</g' -e 's/&gt;/>/g' -e 's/&amp;/\&/g'; }
        ask() { case $1 in */* | '' | -*) echo "device $2 unknown"; return ;; esac
            [ -x "/usr/sbin/$1" ] || { echo "device $2 without $1"; cat >/dev/null; return; }
            { sed -e 's/^password=/passwd=/' -e '/^\(pcmk_\|action=\|option=\|agent=\|method=\)/d'; echo "action=$3"; } | timeout 20 "/usr/sbin/$1" >/dev/null 2>&1
            echo "device $2 said $? $1"; }
        attributes=$(pairs "$node" node)
        n=0; while [ $n -lt 10 ]; do
            agent=$(printf '%s\n' "$attributes" | sed -n "s/^${n}_fence_agent=//p" | head -n 1)
            [ -z "$agent" ] || printf '%s\n' "$attributes" | sed -n "s/^${n}_fence_//p" | sed 's/^plug=/port=/' | ask "$agent" "${n}_fence" status
            n=$((n + 1))
        done
        for device in $(stonith_admin --list "$node" 2>/dev/null | awk 'NF == 1 { print $1 }'); do
            type=$(printf '%s\n' "$cib" | sed -n "/<primitive [^>]*id=\"$device\"/s/.* type=\"\([^\"]*\)\".*/\1/p" | head -n 1)
            echo "can $device ${type:-unknown}"
            # The watchdog's has no resource; it needs none.
            [ "$type" = fence_chroma ] || [ -z "$type" ] || pairs "$device" primitive | ask "$type" "$device" monitor
        done
        echo asked
        """;

    protected override async Task<GateAnswer> LookAsync(GateView view, CancellationToken cancel)
    {
        var cluster = await PartnerCluster.FindAsync(view, cancel);
        if (cluster.IsAlone)
            return Open($"{view.Name} is in no cluster");
        if (cluster is not { Partner: { } partner, Seen: { } seen })
            return Closed(string.Join("; ", cluster.Troubles), "crm_mon -1 on the partner");
        var look = $"ssh {partner.Host.Name} 'crm_mon -1; stonith_admin --list {seen.Status.NodeOf(view.Names)?.Name ?? view.Name}'";
        if (await SwitchedOffAsync(partner, seen, cancel) is { } off)
            return Closed(off, look);
        if (seen.Status.NodeOf(view.Names) is not { } node)
            return Closed($"the cluster knows no node that is {view.Name}, so nobody can fence it", look);
        if (!seen.Status.Resources.Any(resource => resource is { IsFenceDevice: true, IsStarted: true, IsFailed: false }))
            return Closed("no fence device is started in the cluster", look);
        var answer = await partner.RunAsync(Question.Of(Script, node.Name) with { TimeLimit = 240 }, cancel);
        return answer.IsDone && answer.Lines() is [.. var told, "asked"]
            ? Judge(node.Name, told, look)
            : Closed($"{partner.Host.Name} does not tell how {node.Name} is fenced ({answer.Said()})", look);
    }

    private static async Task<string?> SwitchedOffAsync(HostShell partner, SeenCluster seen, CancellationToken cancel)
    {
        // Nothing set means that it is on.
        var on = seen.Status.IsFencing ?? await ClusterProperty.AskAsync(partner, "stonith-enabled", cancel) is null or "true" or "yes" or "on" or "y" or "1";
        return on ? null : "fencing is switched off in the cluster (stonith-enabled): 'pcs property set stonith-enabled=true'";
    }

    private GateAnswer Judge(string node, string[] told, string look)
    {
        var words = told.Select(line => line.Split(' ')).ToList();
        var able = words.Where(line => line is ["can", ..]).ToList();
        var devices = words.Where(line => line is ["device", ..]).ToList();
        var silent = devices.Where(line => !Answered(line)).Select(Trouble).ToList();
        return (able.Count, devices.Count) switch
        {
            (0, _) => Closed($"no fence device of the cluster can fence {node} (stonith_admin --list)", look),
            (_, 0) => Closed($"{node} has no fence attributes in the CIB, so fence_chroma finds no device of its and does nothing", look),
            _ when silent.Count > 0 => Closed($"{silent.Some()}: {node} cannot be fenced for certain", look),
            _ => Open($"{devices.Select(line => line[^1]).Distinct().ToList().Some()} can fence {node}, and answered"),
        };
    }

    // An agent's status is 0 for a plug that is on, and 2 for one that is off.
    private static bool Answered(string[] device) => device is [_, _, "said", var code, _] && code is "0" or "2";

    private static string Trouble(string[] device) => device switch
    {
        [_, var name, "said", "124", var agent] => $"{agent} ({name}) did not answer within 20 s",
        [_, var name, "said", var code, var agent] => $"{agent} ({name}) failed with exit code {code}",
        [_, var name, "without", var agent] => $"{agent} ({name}) is not installed on the partner",
        [_, var name, ..] => $"{name} is of a kind that cannot be asked",
        _ => "a fence device does not answer",
    };
}
