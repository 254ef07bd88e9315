namespace Relustre;

/// <summary>One extended attribute with its full name: ACLs, SELinux labels and file capabilities are such.</summary>
public sealed record ExtendedAttribute(string Name, ReadOnlyMemory<byte> Value);
