namespace Relustre.Audit;

/// <summary>A path or a setting, and every value it had, oldest first.</summary>
/// <param name="Subject">A path, or a setting's whole key.</param>
/// <param name="Component">Null: no component has it.</param>
public sealed record BlamedSubject(string Subject, string? Component, IReadOnlyList<BlamedValue> Values)
{
    public bool IsSecret { get; init; }
}
