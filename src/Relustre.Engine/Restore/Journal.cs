using System.Text.Json;

namespace Relustre.Restore;

/// <summary>What a running restore remembers: lines of JSON, on disk before what they announce is done. Read again, it tells where to go on.</summary>
public sealed class Journal : IDisposable
{
    private readonly FileStream file;
    private readonly FileStream turn;
    private readonly TimeProvider clock;
    private readonly List<JournalEntry> entries;

    private Journal(FileStream file, FileStream turn, List<JournalEntry> entries, TimeProvider clock)
    {
        this.file = file;
        this.turn = turn;
        this.entries = entries;
        this.clock = clock;
    }

    public IReadOnlyList<JournalEntry> Entries => entries;

    public bool IsEnded => entries.Exists(entry => entry.Kind == JournalKind.Ended);

    public string? SafetySnapshot => entries.LastOrDefault(entry => entry.Kind == JournalKind.Safety)?.Text;

    /// <exception cref="RestoreBusyException">Another process has it open: the restore is running.</exception>
    public static Journal Open(string path, TimeProvider clock)
    {
        // Of files that .NET opens, even readers lock; so the writers' turn is a file of its own, which the system frees with its process.
        FileStream turn;
        try
        {
            turn = new FileStream($"{path}.lock", Options(FileShare.None));
        }
        catch (IOException) when (File.Exists($"{path}.lock"))
        {
            throw new RestoreBusyException($"this restore is running in another process ({path} is in use): wait for it, or end it and run the command again");
        }
        var file = new FileStream(path, Options(FileShare.ReadWrite));
        return new Journal(file, turn, Read(file), clock);
    }

    /// <summary>What a journal says, also while a restore writes it.</summary>
    public static IReadOnlyList<JournalEntry> Peek(string path)
    {
        if (!File.Exists(path))
            return [];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return Read(file);
    }

    public bool IsFinished(int step) => entries.Exists(entry => entry.Kind == JournalKind.Finished && entry.Step == step);

    /// <summary>What was noted when a step was last started; null: it never was, or noted nothing.</summary>
    public string? StartedWith(int step) => entries.LastOrDefault(entry => entry.Kind == JournalKind.Started && entry.Step == step)?.Text;

    /// <summary>Names of the gates that a person has opened.</summary>
    public IReadOnlyList<string> OpenedGates => [.. entries.Where(entry => entry.Kind == JournalKind.GateOpened).Select(entry => entry.Text).OfType<string>().Distinct()];

    public bool IsOpened(string gate) => entries.Exists(entry => entry.Kind == JournalKind.GateOpened && entry.Text == gate);

    /// <summary>Returns when it is on disk.</summary>
    public void Note(JournalKind kind, int? step = null, string? text = null)
    {
        var entry = new JournalEntry(clock.GetUtcNow(), kind) { Step = step, Text = text };
        // A line that a crash cut short must not swallow this one.
        file.Write([(byte)'\n', .. JsonSerializer.SerializeToUtf8Bytes(entry, RestoreJson.Default.JournalEntry), (byte)'\n']);
        file.Flush(flushToDisk: true);
        entries.Add(entry);
    }

    public void Dispose()
    {
        file.Dispose();
        turn.Dispose();
    }

    private static FileStreamOptions Options(FileShare share) => new()
    {
        Mode = FileMode.OpenOrCreate,
        Access = FileAccess.ReadWrite,
        Share = share,
        BufferSize = 0,
        UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
    };

    private static List<JournalEntry> Read(FileStream file)
    {
        using var reader = new StreamReader(file, leaveOpen: true);
        var read = reader.ReadToEnd().Split('\n').Select(Parse).OfType<JournalEntry>().ToList();
        file.Seek(0, SeekOrigin.End);
        return read;
    }

    private static JournalEntry? Parse(string line)
    {
        if (line.Length == 0)
            return null;
        try
        {
            return JsonSerializer.Deserialize(line, RestoreJson.Default.JournalEntry);
        }
        catch (JsonException)
        {
            // A line cut by a crash announced something that was then not done.
            return null;
        }
    }
}
