using Relustre.Hosts;

namespace Relustre.Restore;

/// <summary>What must hold before a step that could hurt. It only looks, and it looks at the live cluster.</summary>
public abstract class Gate(string name, string statement)
{
    /// <summary>Typed by hand to open it nevertheless; never renamed.</summary>
    public string Name { get; } = name;

    /// <summary>What must hold, as a sentence without a full stop.</summary>
    public string Statement { get; } = statement;

    /// <summary>It never opens because a question could not be answered: a server that does not answer closes it.</summary>
    public async Task<GateAnswer> AskAsync(GateView view, CancellationToken cancel)
    {
        try
        {
            return await LookAsync(view, cancel);
        }
        catch (HostException lost)
        {
            return Closed(lost.Message, $"ssh {lost.Host} true") with { Silent = lost.Host };
        }
    }

    protected abstract Task<GateAnswer> LookAsync(GateView view, CancellationToken cancel);

    protected GateAnswer Open(string seen) => new(Name, IsOpen: true, seen);

    /// <param name="reason">What was seen, and what to do about it.</param>
    protected GateAnswer Closed(string reason, string? look = null) => new(Name, IsOpen: false, Harmless.Text(reason)) { Look = look is null ? null : Harmless.Text(look) };
}
