using Relustre.Hosts;
using Relustre.Restore.Gates;

namespace Relustre.Restore;

/// <summary>Why a server does not tell whether something of its cluster is lent, and what to do about it.</summary>
internal static class LeaseSilence
{
    /// <summary>Asks whether the CIB can be had, and says in one word what stands in the way.</summary>
    public const string Look = """
        command -v cibadmin >/dev/null 2>&1 || { echo missing; exit 69; }
        said=$(cibadmin --query 2>&1 >/dev/null) || {
            code=$?
            [ -e /var/run/corosync.pid ] && echo running || echo stopped
            printf '%s\n' "${said:-nothing was said}" | head -n 1
            exit "$code"
        }

        """;

    public static string Of(LeaseKind kind, string host, CommandResult answer) => $"{host} does not tell whether {kind.Doubt}: " + answer switch
    {
        { IsOverdue: true } => $"the cluster's tools there {answer.Output}. See what hangs: ssh {host} crm_mon -1",
        { IsDone: true } => $"it answered something else. See for yourself: ssh {host} crm_mon -1",
        _ when answer.After("missing") is not null => $"it has no Pacemaker (no cibadmin). If it is to be rebuilt: relustre plan {host}",
        _ when answer.After("stopped") is not null => $"its cluster is stopped ({Harmless.Text(answer.Said())}). Unless that is on purpose: ssh {host} pcs cluster start",
        _ => $"its cluster runs and does not answer ({Harmless.Text(answer.Said())}). See what hangs: ssh {host} crm_mon -1",
    };
}
