namespace Relustre.Operations;

/// <summary>An extraction would have to write into a folder that holds something.</summary>
public sealed class TargetNotEmptyException(string message) : Exception(message);
