using System.Globalization;
using Relustre.Formats;

namespace Relustre.Facts;

/// <summary>Tells from corosync.conf who is in the cluster.</summary>
internal static class CorosyncReading
{
    // More rings than any Corosync has.
    private const int MaxRings = 10;

    public static CorosyncFacts? Facts(ComponentState state)
    {
        var hasKey = state.File("/etc/corosync/authkey") is { Content.IsEmpty: false };
        var text = state.Text("/etc/corosync/corosync.conf");
        if (text is null && !hasKey)
            return null;
        var conf = Braces.Parse(text ?? "");
        var totem = Merged(conf, "totem");
        var quorum = Merged(conf, "quorum");
        return new()
        {
            ClusterName = totem.Value("cluster_name"),
            Transport = totem.Value("transport"),
            Secauth = totem.Value("secauth"),
            CryptoCipher = totem.Value("crypto_cipher"),
            CryptoHash = totem.Value("crypto_hash"),
            Token = totem.Value("token"),
            RingMode = totem.Value("rrp_mode") ?? totem.Value("link_mode"),
            ConfigVersion = totem.Value("config_version"),
            Rings = [.. totem.Named("interface").Select(Ring)],
            Nodes = [.. Merged(conf, "nodelist").Named("node").Select(Node)],
            QuorumProvider = quorum.Value("provider"),
            TwoNode = quorum.Value("two_node") == "1",
            HasAuthKey = hasKey,
            NeedsAuthKey = NeedsKey(totem) ?? hasKey,
        };
    }

    // Corosync takes a section that stands twice as one.
    private static Block Merged(Block conf, string name)
    {
        var merged = new Block(name);
        foreach (var block in conf.Named(name))
        {
            merged.Values.AddRange(block.Values);
            merged.Blocks.AddRange(block.Blocks);
        }
        return merged;
    }

    // The cipher and the hash win over secauth. Without any of them it depends on the release: null.
    private static bool? NeedsKey(Block totem) => (totem.Value("crypto_cipher"), totem.Value("crypto_hash"), totem.Value("secauth")) switch
    {
        (null, null, { } secauth) => secauth is "on" or "yes",
        (null, null, null) => null,
        var (cipher, hash, _) => cipher is not (null or "none") || hash is not (null or "none"),
    };

    private static CorosyncRing Ring(Block ring, int at) => new()
    {
        Number = int.TryParse(ring.Value("ringnumber") ?? ring.Value("linknumber"), CultureInfo.InvariantCulture, out var number) ? number : at,
        BindAddress = ring.Value("bindnetaddr"),
        MulticastAddress = ring.Value("mcastaddr"),
        Port = ring.Value("mcastport"),
    };

    private static CorosyncNode Node(Block node) => new()
    {
        Id = node.Value("nodeid"),
        Name = node.Value("name"),
        Addresses = [.. Enumerable.Range(0, MaxRings).Select(ring => node.Value($"ring{ring}_addr")).OfType<string>()],
    };
}
