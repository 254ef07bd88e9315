namespace Relustre.Capture;

/// <summary>Everything a server has of what the catalogue asks for. Every entry's folders are entries too.</summary>
/// <param name="Entries">By path, ordinal: a folder stands before what it holds.</param>
/// <param name="Digest">Equal for two listings of one host only if all fingerprints are; 64 hexadecimal digits.</param>
public sealed record FileListing(IReadOnlyList<ListedFile> Entries, string Digest);
