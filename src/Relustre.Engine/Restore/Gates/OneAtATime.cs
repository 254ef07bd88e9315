namespace Relustre.Restore.Gates;

/// <summary>Of a pair one server at a time: the other is whole, and nobody else is at work on it.</summary>
public sealed class OneAtATime() : Gate(GateName, "no other server of the pair is being restored, or is as bare as an installation leaves it")
{
    public const string GateName = "one-at-a-time";

    private static readonly RemoteCommand IsBare = Question.Of("""
        if [ -s /etc/corosync/corosync.conf ] || [ -s /etc/cluster/cluster.conf ] || [ -s /etc/ha.d/ha.cf ]; then
            if command -v crm_mon >/dev/null 2>&1; then echo whole; else echo "without Pacemaker"; fi
        else
            echo "without a cluster's configuration"
        fi
        """);

    protected override async Task<GateAnswer> LookAsync(GateView view, CancellationToken cancel)
    {
        if (view.Book is not { } book)
            return Closed("nobody has said where this site keeps its restores", "ls restores/");
        foreach (var partner in view.Partners)
        {
            var name = partner.Host.Name;
            if (book.OpenOf(name) is { } open)
                return Closed($"a restore of {name} is open ({open}): end it first by 'relustre restore {name} --resume' or '--give-up'", $"ls {open}");
            var answer = await partner.RunAsync(IsBare, cancel);
            if (!answer.IsDone || answer.Output.Trim() != "whole")
                return Closed(answer.IsDone && answer.Output.Trim().StartsWith("without ", StringComparison.Ordinal)
                    ? $"{name} is {answer.Output.Trim()}: both servers of the pair are to be restored, which is another procedure: begin with the one that has the newer cluster"
                    : $"{name} does not tell whether it is whole ({answer.Said()})", $"ssh {name} 'ls -l /etc/corosync; crm_mon -1'");
        }
        return Open(view.Partners.Count == 0 ? $"the site knows no partner of {view.Name}" : $"{string.Join(", ", view.Partners.Select(partner => partner.Host.Name))}: whole, and no restore is open");
    }
}
