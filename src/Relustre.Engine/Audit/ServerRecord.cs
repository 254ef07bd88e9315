namespace Relustre.Audit;

/// <summary>Something that a server's own records tell about a time.</summary>
/// <param name="Kind">"package", "login" or "sudo".</param>
public sealed record ServerRecord(DateTimeOffset At, string Kind, string Text);
