namespace Relustre.Archives;

/// <summary>An archive's unpacked bytes, as long as they stay within what its packed ones may become.</summary>
internal sealed class BoundedStream(Stream unpacked, CountingStream packed, ArchiveLimits limits) : Stream
{
    // Small archives pack well and harm nobody; each entry adds up to three blocks of its own.
    private const long Free = 8L << 20;

    private long total;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => total; set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await unpacked.ReadAsync(buffer, cancellationToken);
        total += count;
        if (total > limits.TotalBytes + 1536L * limits.Entries)
            throw new ArchiveRefusedException($"it unpacks to more than {limits.TotalBytes >> 20} MiB, which no server's configuration is");
        if (total > Free && total / limits.Ratio > packed.Count)
            throw new ArchiveRefusedException($"it unpacks to more than {limits.Ratio} times its size: that is a bomb, no backup");
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
