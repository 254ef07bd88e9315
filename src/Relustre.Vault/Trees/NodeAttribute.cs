namespace Relustre.Vault;

/// <summary>One extended attribute with its full name: ACLs, SELinux labels and file capabilities are such.</summary>
public sealed record NodeAttribute(string Name, ReadOnlyMemory<byte> Value);
