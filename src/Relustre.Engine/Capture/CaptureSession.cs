using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using Relustre.Hosts;

namespace Relustre.Capture;

/// <summary>
/// One look at one host over one connection: first what is there, then the files that are wanted, then what its tools say.
/// In this order, each at its leisure; the server keeps nothing once the session is disposed of.
/// </summary>
/// <exception cref="HostException">Every method: the host cannot be reached, was lost, or sent what is no capture.</exception>
public sealed partial class CaptureSession : IAsyncDisposable
{
    private const int Rounds = 3;

    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly HostConnection connection;
    private readonly CollectorScript script;
    private readonly CaptureLimits limits;
    private readonly SessionStream stream;
    private readonly List<CaptureProblem> problems = [];
    private readonly List<string> notices = [];
    private readonly HashSet<(string Subject, CaptureProblemKind Kind)> reported = [];
    private readonly Dictionary<(char Kind, string Name), uint> owners = [];

    // Set while an answer is on its way: whatever comes next on the line belongs to it.
    private bool isAnswering;

    private IReadOnlyDictionary<string, string> known = new Dictionary<string, string>();

    private CaptureSession(HostConnection connection, CollectorScript script, CaptureLimits limits, TimeProvider clock)
    {
        this.connection = connection;
        this.script = script;
        this.limits = limits;
        stream = new(connection, limits, clock);
    }

    public HostGreeting Greeting { get; private set; } = null!;

    /// <summary>What is there and was not captured, so far.</summary>
    public IReadOnlyList<CaptureProblem> Problems => problems;

    /// <summary>What an administrator should know though nothing is missing, such as an outdated collector.</summary>
    public IReadOnlyList<string> Notices => notices;

    /// <summary>Bytes received and sent, before SSH's own.</summary>
    public (long In, long Out) Bytes => (stream.Received, stream.Sent);

    /// <summary>Connects.</summary>
    public static Task<CaptureSession> OpenAsync(
        Host host, CollectorScript script, CaptureLimits limits, TimeProvider clock, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var root = RootOf(host);
        // On our own machine the script is simply started; it greets as an installed one does.
        var command = host.IsLocal ? script.Text : CollectorScript.Bootstrap;
        return OpenAsync(HostConnection.Open(host, command, root), script, limits, clock, cancel);
    }

    /// <summary>The same over a connection whose command is a collector or its bootstrap; it ends with the session.</summary>
    internal static async Task<CaptureSession> OpenAsync(
        HostConnection connection, CollectorScript script, CaptureLimits limits, TimeProvider clock, CancellationToken cancel)
    {
        var session = new CaptureSession(connection, script, limits, clock);
        try
        {
            session.Greeting = await new Handshake(session.stream, script, clock).GreetAsync(RootOf(connection.Host), cancel);
            session.Notice();
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>Everything there is of what the catalogue asks for. Once, before all else; from now on the server's tools run.</summary>
    public Task<FileListing> ListAsync(CancellationToken cancel) => ListAsync(new Dictionary<string, string>(), cancel);

    /// <param name="seen">What is known of tools that read files alone (<see cref="ComponentOutput.Seen"/>): where it still holds, they are not asked.</param>
    internal async Task<FileListing> ListAsync(IReadOnlyDictionary<string, string> seen, CancellationToken cancel)
    {
        Begin();
        known = seen;
        await stream.SendAsync(Encoding.ASCII.GetBytes($"list{string.Concat(known.Select(tool => $" {tool.Key}={tool.Value}"))}\n"), cancel);
        var (raw, complaint) = await new ListingReader(stream, limits).ReadAsync(cancel);
        isAnswering = false;
        var (listing, behind) = new ListingFilter(script.Sources, Greeting.Clock).Apply(raw);
        Report(behind);
        Report(Closed(complaint, raw));
        return listing;
    }

    /// <summary>
    /// Reads files, with the metadata of the listing that their content belongs to. A path that comes again supersedes
    /// the earlier one: it was changed meanwhile. What does not come at all is gone, or stands in <see cref="Problems"/>.
    /// </summary>
    public IAsyncEnumerable<CapturedFile> ReadAsync(IReadOnlyCollection<ListedFile> wanted, CancellationToken cancel) => ReadAsync(wanted, isBrief: _ => false, cancel);

    /// <param name="isBrief">Of which path the content is done with once the next file is asked for: that one may lie in the same memory.</param>
    internal async IAsyncEnumerable<CapturedFile> ReadAsync(
        IReadOnlyCollection<ListedFile> wanted, Func<string, bool> isBrief, [EnumeratorCancellation] CancellationToken cancel)
    {
        var pending = Readable(wanted.ToDictionary(file => file.Path, StringComparer.Ordinal));
        for (var round = 1; pending.Count > 0; round++)
        {
            var changed = new Dictionary<string, ListedFile>(StringComparer.Ordinal);
            foreach (var batch in ReadingRound.Batches(pending.Values))
            {
                Begin();
                var reading = new ReadingRound(stream, limits, batch, owners, isBrief);
                await foreach (var file in reading.FilesAsync(cancel))
                    yield return file;
                foreach (var (path, now) in await reading.ChangedAsync(cancel))
                    changed[path] = now;
                isAnswering = false;
                Report(reading.Problems);
                foreach (var folder in reading.ClosedFolders)
                    yield return folder;
                NoticeTar(reading.TarKeeps);
            }
            pending = round < Rounds ? Readable(changed) : [];
            if (round == Rounds)
                Report(KeptChanging(changed));
        }
    }

    /// <summary>What all tools of the catalogue said; waits until the last has ended or was killed.</summary>
    public async Task<IReadOnlyList<ComponentOutput>> ToolsAsync(CancellationToken cancel)
    {
        Begin();
        var answers = await new ToolAnswers(stream, script, limits, connection.Host.Root is not null, known).ReadAsync(cancel);
        isAnswering = false;
        return answers;
    }

    public async ValueTask DisposeAsync()
    {
        if (!isAnswering)
            await SayGoodbyeAsync();
        await connection.DisposeAsync();
        await stream.DisposeAsync();
    }

    [GeneratedRegex("^find: [`'\"‘](\\./\\.(?=/))?(?<path>.*)['\"’]: (?<cause>[^:]*)$")]
    private static partial Regex FindComplaint { get; }

    private static string RootOf(Host host) => host.Root is { } root ? Path.GetFullPath(root) : "";

    private void Begin()
    {
        if (isAnswering)
            throw new InvalidOperationException("the answer before was not read to its end");
        isAnswering = true;
    }

    private async Task SayGoodbyeAsync()
    {
        using var patience = new CancellationTokenSource(Farewell);
        try
        {
            await stream.SendAsync("bye\n"u8.ToArray(), patience.Token);
            await stream.ReadLineAsync(patience.Token);
        }
        catch (Exception gone) when (gone is HostException or OperationCanceledException or ObjectDisposedException)
        {
            // All that was asked for has been answered; the connection is closed either way.
        }
    }

    // find and tar both complain of what they cannot open.
    private void Report(IEnumerable<CaptureProblem> found) =>
        problems.AddRange(found.Where(problem => reported.Add((problem.Subject, problem.Kind))));

    private Dictionary<string, ListedFile> Readable(Dictionary<string, ListedFile> wanted)
    {
        foreach (var file in wanted.Values.Where(file => file.Kind == FileKind.File && file.Size > limits.FileSize).ToList())
        {
            wanted.Remove(file.Path);
            Report([CaptureProblem.TooBig(file.Path, file.Size, limits)]);
        }
        return wanted;
    }

    // A folder's own times change with files that nobody asked for.
    private static IEnumerable<CaptureProblem> KeptChanging(Dictionary<string, ListedFile> changed) =>
        from file in changed.Values
        where file.Kind != FileKind.Directory
        select new CaptureProblem(file.Path, $"changed each of the {Rounds} times it was read", CaptureProblemKind.KeptChanging);

    // What lies behind a closed folder is no news: the folder is. Nor is where a link leads that was wanted for itself.
    private IEnumerable<CaptureProblem> Closed(string complaint, IReadOnlyList<ListedFile> listed)
    {
        var links = listed.Where(file => file.Kind == FileKind.Symlink).Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        var heard = Heard(complaint).Where(problem => !links.Contains(problem.Subject) || script.Sources.LeadThrough(problem.Subject)).ToList();
        var closed = heard.Select(problem => problem.Subject).ToHashSet(StringComparer.Ordinal);
        return heard.Where(problem => !ListingFilter.Ancestors(problem.Subject).Any(closed.Contains));
    }

    private IEnumerable<CaptureProblem> Heard(string complaint) =>
        from line in complaint.Split('\n', StringSplitOptions.RemoveEmptyEntries).Take(1000)
        where !line.EndsWith("No such file or directory", StringComparison.Ordinal)
        let match = FindComplaint.Match(line)
        select match.Success
            ? new CaptureProblem(match.Groups["path"].Value.TrimStart('.') is { Length: > 0 } path ? path : "/",
                $"could not be looked into{AsUser}: {Harmless.Text(match.Groups["cause"].Value)}", CaptureProblemKind.Unreadable)
            : new CaptureProblem("listing", Harmless.Text(line), CaptureProblemKind.Unreadable);

    private string AsUser => Greeting.UserId == 0 ? "" : $" by user {Greeting.UserId}, who is not root";

    private void Notice()
    {
        if (Greeting.IsOtherVersion)
            notices.Add($"{stream.Host} has another version's collector installed, which may know fewer places. "
                + $"Renew it: relustre collector {stream.Host} | ssh root@{stream.Host} 'cat > /usr/local/sbin/relustre-collector'");
        if (Greeting.Scratch is not ("" or "tmpfs" or "ramfs"))
            notices.Add($"{stream.Host} has no memory-backed folder; its tools' output lay on {Greeting.Scratch} for a moment");
    }

    private void NoticeTar(string keeps)
    {
        if (!keeps.Contains("--xattrs", StringComparison.Ordinal) && !notices.Exists(notice => notice.Contains("xattrs", StringComparison.Ordinal)))
            notices.Add($"{stream.Host} has a tar without --xattrs: ACLs, labels and capabilities could not be captured");
    }
}
