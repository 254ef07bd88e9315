namespace Relustre.Restore.Gates;

/// <summary>The digests of the keys by which a server's cluster knows its nodes, and its corosync.conf. Digests are compared and never shown.</summary>
internal sealed record ClusterKeys(IReadOnlyDictionary<string, string> Digests, string Conf)
{
    private const string Script = """
        for file in /etc/corosync/authkey /etc/pacemaker/authkey /etc/cluster/cluster.conf; do
            if [ -e "$file" ]; then digest=$(sha256sum <"$file") || exit 74; else digest=none; fi
            echo "key $file ${digest%% *}"
        done
        echo conf
        [ ! -e /etc/corosync/corosync.conf ] || cat /etc/corosync/corosync.conf
        """;

    private static readonly RemoteCommand Command = Question.Of(Script);

    /// <summary>Null: the server does not tell.</summary>
    public static async Task<ClusterKeys?> AskAsync(HostShell shell, CancellationToken cancel)
    {
        var answer = await shell.RunAsync(Command, cancel);
        var at = answer.Output.IndexOf("\nconf\n", StringComparison.Ordinal);
        if (!answer.IsDone || at < 0)
            return null;
        var digests = answer.Output[..at].Split('\n').Select(line => line.Split(' ')).Where(IsDigest).DistinctBy(line => line[1]).ToDictionary(line => line[1], line => line[2]);
        return digests.Count == 3 ? new ClusterKeys(digests, answer.Output[(at + "\nconf\n".Length)..]) : null;
    }

    private static bool IsDigest(string[] line) => line is ["key", ['/', ..], var digest] && (digest == "none" || (digest.Length == 64 && digest.All(char.IsAsciiHexDigitLower)));
}
