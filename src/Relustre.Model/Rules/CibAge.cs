using Relustre.Facts;

namespace Relustre.Rules;

/// <summary>How old a copy of the CIB is, as Pacemaker counts its configuration.</summary>
internal static class CibAge
{
    /// <summary>Null: there is none.</summary>
    public static string? Of(ServerView? server) =>
        server?.Fact<PacemakerFacts>() is { } cluster ? $"admin_epoch {cluster.AdminEpoch}, epoch {cluster.Epoch}" : null;
}
