using System.Globalization;
using System.Security.Cryptography;
using Relustre.Facts;
using Relustre.Steps;

namespace Relustre.Restore.Gates;

/// <summary>
/// What the living cluster says wins over an older backup. A backup that is older is no obstacle as long as nothing of it that the
/// cluster knows better is written: the gate then opens, and says so.
/// </summary>
public sealed class BackupIsCurrent() : Gate(GateName, "the plan writes nothing that the living partner knows better")
{
    public const string GateName = "backup-is-current";

    private const string PacemakerKey = "/etc/pacemaker/authkey";

    private static readonly string[] cibs = ["/var/lib/pacemaker/cib/", "/var/lib/heartbeat/crm/"];

    // Only its first line, which has no secret: how old it is.
    private static readonly RemoteCommand Cib = Question.Of("""cibadmin --query 2>/dev/null | sed -n '/<cib /{s/>.*//p;q;}'""");

    protected override async Task<GateAnswer> LookAsync(GateView view, CancellationToken cancel)
    {
        var cluster = await PartnerCluster.FindAsync(view, cancel);
        if (cluster.IsAlone)
            return Open($"{view.Name} is in no cluster");
        if (cluster.Partner is not { } partner)
            return Closed(string.Join("; ", cluster.Troubles), "crm_mon -1 on the partner");
        var look = $"ssh {partner.Host.Name} 'cibadmin --query | head -n 1; cat {CorosyncConf.Path}'";
        if (await ClusterKeys.AskAsync(partner, cancel) is not { } keys || Age((await partner.RunAsync(Cib, cancel)).Output) is not { } live)
            return Closed($"{partner.Host.Name} does not tell how old its cluster's configuration is", look);
        var stale = view.Plan.Steps.Where(step => step.On is null).Select(step => step.Step).OfType<WriteFile>().Select(write => Stale(write, keys)).OfType<string>().ToList();
        return stale.Count > 0
            ? Closed($"the plan would write {stale.Some()}, and {partner.Host.Name} runs with another one: the running one wins; plan again while {partner.Host.Name} can be seen", look)
            : Open(Compared(view, partner.Host.Name, live, keys));
    }

    private static string? Stale(WriteFile write, ClusterKeys keys) => write.File.Path switch
    {
        CorosyncConf.Path => CorosyncConf.Differing(keys.Conf, write.File.Text) is { Count: > 0 } settings ? $"{write.File.Path} ({settings.Some(4)})" : null,
        CorosyncConf.Key or PacemakerKey => keys.Digests[write.File.Path] == Convert.ToHexStringLower(SHA256.HashData(write.File.Content.Span)) ? null : write.File.Path,
        var path when Array.Exists(cibs, folder => path.StartsWith(folder, StringComparison.Ordinal)) => path,
        _ => null,
    };

    private static string Compared(GateView view, string partner, (long Admin, long Epoch, long Updates) live, ClusterKeys keys)
    {
        var cib = view.WantedOf<PacemakerFacts>();
        var conf = view.WantedOf<CorosyncFacts>();
        var known = CorosyncConf.Facts(keys.Conf, hasKey: false);
        var newer = new List<string>();
        if (cib is not null && (live.Admin, live.Epoch).CompareTo((cib.AdminEpoch, cib.Epoch)) > 0)
            newer.Add($"the CIB ({live.Admin}.{live.Epoch}.{live.Updates}, in the backup {cib.AdminEpoch}.{cib.Epoch}.{cib.Updates})");
        if (conf is not null && known is not null && Number(known.ConfigVersion) > Number(conf.ConfigVersion))
            newer.Add($"corosync.conf (version {Number(known.ConfigVersion)}, in the backup {Number(conf.ConfigVersion)})");
        return newer.Count == 0
            ? $"the backup is as new as the cluster of {partner}"
            : $"older in the backup than on {partner}: {string.Join(", ", newer)}. The running ones win, and nothing of the backup's is written over them";
    }

    private static (long Admin, long Epoch, long Updates)? Age(string line) =>
        Attribute(line, "admin_epoch") is { } admin && Attribute(line, "epoch") is { } epoch && Attribute(line, "num_updates") is { } updates ? (admin, epoch, updates) : null;

    private static long? Attribute(string line, string name)
    {
        var at = line.IndexOf($" {name}=\"", StringComparison.Ordinal);
        return at >= 0 && long.TryParse(line[(at + name.Length + 3)..].Split('"')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static long Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
