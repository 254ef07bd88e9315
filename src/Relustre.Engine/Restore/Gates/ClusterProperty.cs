namespace Relustre.Restore.Gates;

/// <summary>Asks a running cluster for one of its properties: for a Pacemaker whose status does not have it.</summary>
internal static class ClusterProperty
{
    /// <summary>Null: it is not set, or cannot be read.</summary>
    public static async Task<string?> AskAsync(HostShell shell, string name, CancellationToken cancel)
    {
        var answer = await shell.RunAsync(Question.Of("""crm_attribute --type crm_config --name "$1" --query --quiet 2>/dev/null""", name), cancel);
        return answer is { IsDone: true } && answer.Lines() is [.., { Length: > 0 } value] ? value : null;
    }
}
