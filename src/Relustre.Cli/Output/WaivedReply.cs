using Relustre.Audit;

namespace Relustre.Cli.Output;

/// <summary>A finding that does not count, and why, for programs.</summary>
internal sealed record WaivedReply(Finding Finding, WaiverReply Waiver)
{
    public static WaivedReply Of(WaivedFinding waived) => new(waived.Finding, WaiverReply.Of(waived.Waiver, isExpired: false));
}
