using System.ComponentModel;

namespace Relustre.Hosts;

/// <summary>A command on another machine, by the system's own OpenSSH client: its configuration, jumps and agents all apply.</summary>
internal sealed class SshConnection : HostConnection
{
    private readonly ChildProcess child;

    public SshConnection(Host host, string script, string argument)
        : base(host)
    {
        try
        {
            child = new("ssh", SshCommandLine.Environment, SshCommandLine.For(host, script, argument));
        }
        catch (Win32Exception missing)
        {
            throw new HostUnreachableException(host.Name,
                $"{host.Name}: cannot start ssh: {missing.Message}. Install the OpenSSH client on this machine.");
        }
    }

    public override Stream Input => child.Input;

    public override Stream Output => child.Output;

    public override bool HasEnded => child.HasEnded;

    public override async Task<HostException> ExplainEndAsync(bool hasSpoken) => await child.EndAsync() is (var code, var complaint)
        ? SshComplaint.Explain(Host, code, complaint, hasSpoken)
        : SshComplaint.Silent(Host);

    protected override ValueTask CloseAsync() => child.DisposeAsync();
}
