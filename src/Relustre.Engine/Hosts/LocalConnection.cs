using System.ComponentModel;

namespace Relustre.Hosts;

/// <summary>A command on the machine we run on: the same as over SSH, without SSH.</summary>
internal sealed class LocalConnection : HostConnection
{
    private readonly ChildProcess child;

    public LocalConnection(Host host, string script, string argument)
        : this(host, ["sh"], script, argument)
    {
    }

    /// <param name="shell">The shell as an argument list, such as <c>busybox sh</c>.</param>
    internal LocalConnection(Host host, IReadOnlyList<string> shell, string script, string argument)
        : base(host)
    {
        string[] command = [.. host.UseSudo ? ["sudo", "-n"] : Array.Empty<string>(), .. shell, "-c", script, "relustre", argument];
        try
        {
            child = new(command[0], command[1..]);
        }
        catch (Win32Exception missing)
        {
            throw new HostUnreachableException(host.Name, $"{host.Name}: cannot start {command[0]}: {missing.Message}");
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
