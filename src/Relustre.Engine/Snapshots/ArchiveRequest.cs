using Relustre.Vault;

namespace Relustre.Snapshots;

/// <summary>Which server is archived, and what the vault has of it.</summary>
/// <param name="Host">The site's name for it.</param>
/// <param name="IsTree">Whether it is a file tree on this machine.</param>
/// <param name="Parent">Its newest snapshot; null: none yet.</param>
internal sealed record ArchiveRequest(string Host, bool IsTree, StoredSnapshot? Parent);
