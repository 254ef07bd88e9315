namespace Relustre.Audit;

/// <summary>Who decides something, and on which machine.</summary>
public sealed record Author(string By, string Machine);
