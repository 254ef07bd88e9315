namespace Relustre.Snapshots;

/// <summary>What a tool said that reads files alone, so that it need not be asked again while they are as they were.</summary>
/// <param name="Seen">Its files as one number.</param>
/// <param name="Said">The digest of its answer, which the snapshot holds.</param>
internal sealed record StandingAnswer(string Seen, string Said);
