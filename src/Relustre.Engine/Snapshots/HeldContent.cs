namespace Relustre.Snapshots;

/// <summary>
/// What was read of one host and may lie in memory until its facts are known. A server that sends more than any configuration is does
/// not get more: the rest is in the vault, and can be read from there.
/// </summary>
internal sealed class HeldContent
{
    /// <summary>Facts are read from configuration; what is bigger is data.</summary>
    public const int LargestFile = 1 << 20;

    /// <summary>Bytes of one host, whether they came now or lay in the last snapshot.</summary>
    public const long MostOfHost = 32L << 20;

    private readonly Dictionary<string, ReadOnlyMemory<byte>> contents = new(StringComparer.Ordinal);

    public long Bytes { get; private set; }

    /// <summary>False when it is too large, by itself or with all that is held already.</summary>
    public bool Take(string path, ReadOnlyMemory<byte> content)
    {
        Drop(path);
        if (content.Length > LargestFile || Bytes + content.Length > MostOfHost)
            return false;
        contents[path] = content;
        Bytes += content.Length;
        return true;
    }

    public bool TryGet(string path, out ReadOnlyMemory<byte> content) => contents.TryGetValue(path, out content);

    private void Drop(string path)
    {
        if (contents.Remove(path, out var before))
            Bytes -= before.Length;
    }
}
