using System.IO.Pipelines;
using Relustre.Hosts;

namespace Relustre.Tests.Capture;

/// <summary>A server that sends what a test tells it, whatever it is told itself.</summary>
internal sealed class ScriptedConnection : HostConnection
{
    private readonly Pipe output = new(new PipeOptions(pauseWriterThreshold: 1 << 20));
    private readonly CancellationTokenSource closed = new();

    /// <param name="send">Writes the server's side; when it is done the connection ends.</param>
    /// <param name="root">Null: a running server.</param>
    public ScriptedConnection(Func<Stream, CancellationToken, Task> send, string? root = "/tree")
        : base(new Host("evil") { Root = root })
    {
        Output = output.Reader.AsStream();
        _ = SendAsync(send);
    }

    public ScriptedConnection(byte[] bytes, string? root = "/tree")
        : this(async (stream, cancel) => await stream.WriteAsync(bytes, cancel), root)
    {
    }

    public override Stream Input { get; } = new MemoryStream();

    public override Stream Output { get; }

    public override bool HasEnded => false;

    public override Task<HostException> ExplainEndAsync(bool hasSpoken) =>
        Task.FromResult<HostException>(new ConnectionLostException("evil", "evil: the connection was lost"));

    protected override async ValueTask CloseAsync()
    {
        await closed.CancelAsync();
        await output.Reader.CompleteAsync();
    }

    private async Task SendAsync(Func<Stream, CancellationToken, Task> send)
    {
        try
        {
            await send(output.Writer.AsStream(), closed.Token);
        }
        catch (Exception gone) when (gone is OperationCanceledException or InvalidOperationException or IOException)
        {
            // Nobody listens any more.
        }
        await output.Writer.CompleteAsync();
    }
}
