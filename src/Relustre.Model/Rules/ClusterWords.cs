using Relustre.Facts;

namespace Relustre.Rules;

/// <summary>What words in a CIB mean to Pacemaker.</summary>
internal static class ClusterWords
{
    private static readonly string[] on = ["true", "on", "yes", "y", "1"];
    private static readonly string[] off = ["false", "off", "no", "n", "0"];

    extension(string? value)
    {
        public bool IsOn => on.Contains(value, StringComparer.OrdinalIgnoreCase);

        public bool IsOff => off.Contains(value, StringComparer.OrdinalIgnoreCase);
    }

    extension(PacemakerFacts cluster)
    {
        /// <summary>The resources that are targets of Lustre.</summary>
        public IEnumerable<ClusterResource> Targets => cluster.Resources.Where(IsTarget);

        /// <summary>IML's own fence agent, which finds its devices in the nodes' attributes.</summary>
        public bool FencesByChroma => cluster.Resources.Any(resource => resource.Agent == "stonith:fence_chroma");

        public bool MayFence => !cluster.Properties.GetValueOrDefault("stonith-enabled").IsOff && !cluster.Properties.GetValueOrDefault("fencing-enabled").IsOff;
    }

    private static bool IsTarget(ClusterResource resource) => resource.Agent switch
    {
        "ocf:chroma:Target" or "ocf:lustre:Lustre" or "ocf:ddn:lustre-server" => true,
        "ocf:heartbeat:Filesystem" => resource.Parameters.GetValueOrDefault("fstype") is "lustre" or "lustre_tgt",
        _ => false,
    };
}
