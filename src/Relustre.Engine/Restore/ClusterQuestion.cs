using Relustre.Facts;
using Relustre.Restore.Gates;

namespace Relustre.Restore;

/// <summary>Asks a server how its cluster is at this moment.</summary>
public static class ClusterQuestion
{
    // Its attributes of nodes have the passwords by which they are fenced, so these never leave the server; its histories are long.
    // Since 2.0.3 it is --output-as=xml, and the older spelling goes with Pacemaker 3.
    private const string Script = """
        seen=$(crm_mon -1 --output-as=xml 2>/dev/null || crm_mon -X 2>/dev/null) || exit 69
        crm_node -n 2>/dev/null || uname -n
        printf '%s\n' "$seen" | sed -e '/<node_attributes>/,/<\/node_attributes>/d' -e '/<node_history>/,/<\/node_history>/d' \
            -e '/<failures>/,/<\/failures>/d' -e '/<fence_history[^>]*[^/]>/,/<\/fence_history>/d'
        """;

    internal static readonly RemoteCommand Command = Question.Of(Script);

    /// <summary>Null: no cluster runs there, or what it says cannot be read.</summary>
    /// <exception cref="Hosts.HostException">It cannot be reached.</exception>
    public static async Task<SeenCluster?> AskAsync(HostShell shell, CancellationToken cancel) =>
        await shell.RunAsync(Command, cancel) is { IsDone: true } answer ? Read(answer.Output) : null;

    private static SeenCluster? Read(string output)
    {
        var line = output.IndexOf('\n', StringComparison.Ordinal);
        return line > 0 && ClusterStatus.Read(output[(line + 1)..]) is { } status ? new SeenCluster(output[..line].Trim(), status) : null;
    }
}
