namespace Relustre.Rules;

/// <summary>Nodes that do not believe each other.</summary>
internal sealed class AuthKeysDiffer() : PairRule("authkeys-differ", "corosync", Risk.FailoverAtRisk)
{
    private static readonly (string Component, string Path)[] keys = [("corosync", "/etc/corosync/authkey"), ("pacemaker", "/etc/pacemaker/authkey")];

    public override string Why => "after its next start a node with another key hears nobody, and fences its healthy partner";

    public override string Source => "tried: a restored CIB together with a wrong authkey; Corosync";

    public override string NextStep => "do not restart Corosync anywhere; copy the key of the node that serves to the other (root, 0400)";

    public override IReadOnlyList<string> States => ["corosync", "pacemaker"];

    public override IReadOnlyList<string> Covers => [.. keys.SelectMany(key => new[] { key.Path, $"{key.Path}: (content)" })];

    // Compared by content; a key is never told, nor is its digest.
    public override IEnumerable<Finding> Check(PairView pair) =>
        from key in keys
        let told = PartnerValues.Of(pair.Servers, server => server.States.ContainsKey(key.Component) ? Content(server, key.Component, key.Path) : null)
        where told.Differ
        select Found(told.Host, key.Path, told.WantedSecret, told.FoundSecret);

    private static string Content(ServerView server, string component, string path) =>
        server.State(component).File(path) is { } file ? Convert.ToBase64String(file.Content.Span) : "";
}
