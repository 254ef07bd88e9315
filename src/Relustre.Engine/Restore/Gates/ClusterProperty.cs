namespace Relustre.Restore.Gates;

/// <summary>Asks a running cluster for one of its properties: for a Pacemaker whose status does not have it.</summary>
internal static class ClusterProperty
{
    /// <summary>Null: it is not set, or cannot be read.</summary>
    public static async Task<string?> AskAsync(HostShell shell, string name, CancellationToken cancel)
    {
        var answer = await shell.RunAsync(new("crm_attribute", "--type", "crm_config", "--name", name, "--query", "--quiet") { TimeLimit = 30 }, cancel);
        return answer is { IsDone: true } && answer.Lines() is [.., { Length: > 0 } value] ? value : null;
    }
}
