using Relustre.Hosts;

namespace Relustre.Capture;

/// <summary>
/// What a server sends, within limits of bytes, time and silence, and what it is told. It has no end: whoever reads on
/// where nothing comes any more gets the cause as an exception.
/// </summary>
internal sealed class SessionStream(HostConnection connection, CaptureLimits limits, TimeProvider clock) : Stream
{
    private readonly CancellationTokenSource deadline = new(limits.WholeTime, clock);
    private readonly byte[] buffer = new byte[64 * 1024];

    private int start;
    private int end;

    public string Host => connection.Host.Name;

    public long Received { get; private set; }

    public long Sent { get; private set; }

    /// <summary>The collector has greeted: what goes wrong from now on is not about logging in.</summary>
    public bool HasSpoken { get; set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        try
        {
            await WithinTimeAsync(async token =>
            {
                await connection.Input.WriteAsync(bytes, token);
                await connection.Input.FlushAsync(token);
                return 0;
            }, cancel);
        }
        catch (IOException)
        {
            throw await connection.ExplainEndAsync(HasSpoken);
        }
        Sent += bytes.Length;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken = default)
    {
        if (destination.IsEmpty)
            return 0;
        if (start == end)
            await FillAsync(cancellationToken);
        var count = Math.Min(destination.Length, end - start);
        buffer.AsMemory(start, count).CopyTo(destination);
        start += count;
        return count;
    }

    /// <summary>The bytes before the next <paramref name="mark"/>, which is taken away with them.</summary>
    public async ValueTask<byte[]> ReadUntilAsync(byte mark, int limit, CancellationToken cancel)
    {
        MemoryStream? begun = null;
        while (true)
        {
            if (start == end)
                await FillAsync(cancel);
            var found = buffer.AsSpan(start, end - start).IndexOf(mark);
            var count = found < 0 ? end - start : found;
            if ((begun?.Length ?? 0) + count > limit)
                throw Broken($"sent more than {limit} bytes where a line or a name should end");
            var part = buffer.AsMemory(start, count);
            start += count + (found < 0 ? 0 : 1);
            // Most lie within one buffer.
            if (found >= 0 && begun is null)
                return part.ToArray();
            (begun ??= new()).Write(part.Span);
            if (found >= 0)
                return begun.ToArray();
        }
    }

    public async ValueTask<string> ReadLineAsync(CancellationToken cancel) =>
        UnixPath.Decode(await ReadUntilAsync((byte)'\n', limit: 64 * 1024, cancel));

    public CaptureBrokenException Broken(string what, Exception? cause = null) => new(Host,
        $"{Host} {what}. Nothing of this capture was kept. If it stays so, look at that server: it may be broken or not yours any more.", cause);

    /// <summary>The collector itself says what it lacks, in words that we know.</summary>
    public HostRefusedException Refused(string why) => new(Host, $"{Host} cannot be read: {why}");

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        deadline.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask FillAsync(CancellationToken cancel)
    {
        try
        {
            (start, end) = (0, await WithinTimeAsync(token => connection.Output.ReadAsync(buffer, token), cancel));
        }
        catch (IOException)
        {
            (start, end) = (0, 0);
        }
        if (end == 0)
            throw await connection.ExplainEndAsync(HasSpoken);
        if ((Received += end) > limits.TotalBytes)
            throw Broken($"sent more than {limits.TotalBytes >> 20} MiB; narrow the site's own paths, or allow more (site.yaml, limits: total-size)");
    }

    private async ValueTask<int> WithinTimeAsync(Func<CancellationToken, ValueTask<int>> work, CancellationToken cancel)
    {
        using var quiet = new CancellationTokenSource(limits.Silence, clock);
        using var all = CancellationTokenSource.CreateLinkedTokenSource(cancel, deadline.Token, quiet.Token);
        try
        {
            return await work(all.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw Broken(deadline.IsCancellationRequested
                ? $"did not finish within {limits.WholeTime.TotalSeconds:0} seconds; see what hangs or is slow there, or allow more (site.yaml, limits: minutes)"
                : $"was silent for {limits.Silence.TotalSeconds:0} seconds; see what hangs there, or allow more (site.yaml, limits: silence)");
        }
    }
}
