using System.Text;
using System.Text.Json.Serialization.Metadata;
using Spectre.Console;

namespace Relustre.Cli.Output;

/// <summary>
/// What a command prints: results on standard output, all else on standard error. Plain text in a pipe; colour and tables only
/// on a terminal. Nothing leaves it unescaped but the bytes of <see cref="Raw"/>.
/// </summary>
internal sealed class Screen : IDisposable
{
    private readonly Surroundings outside;
    private readonly StreamWriter output;

    public Screen(Surroundings outside, bool json, bool colour)
    {
        this.outside = outside;
        IsJson = json;
        HasColour = colour && outside.Environment("NO_COLOR") is not { Length: > 0 } && outside.Environment("TERM") != "dumb";
        output = new(outside.Output, new UTF8Encoding(false), bufferSize: 16 * 1024, leaveOpen: true);
    }

    public bool IsJson { get; }

    public bool HasColour { get; }

    public int Width => outside.Width;

    public bool IsTerminal => outside.OutputIsTerminal;

    /// <summary>Whether progress may move on standard error.</summary>
    public bool CanAnimate => outside.ErrorIsTerminal && outside.Environment("TERM") != "dumb";

    public void Line(string text = "") => output.Write(Printable.Line(text) + "\n");

    /// <summary>Pieces of one line, each in its tone where there are colours; tabs stay.</summary>
    public void Line(params IReadOnlyList<(string Text, Tone Tone)> pieces) =>
        output.Write(string.Concat(pieces.Select(piece => Toned(Printable.Text(piece.Text).Replace("\n", "\\n", StringComparison.Ordinal), piece.Tone))) + "\n");

    public void Text(string text) => output.Write(Printable.Text(text));

    /// <summary>A text that is a result by itself: a script, a manual page.</summary>
    public void Document(string text)
    {
        if (IsJson)
            Json(new TextReply(text), Replies.Json.TextReply);
        else
            Text(text);
    }

    /// <summary>Bytes as they are, for a pipe or a file.</summary>
    public async Task Raw(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        await output.FlushAsync(cancel);
        await outside.Output.WriteAsync(bytes, cancel);
    }

    public void Table(Sheet sheet)
    {
        if (!IsTerminal)
            foreach (var line in sheet.Lines())
                output.Write(line + "\n");
        else
            AnsiConsole.Create(Settings(new AnsiConsoleOutput(output))).Write(Spectre(sheet));
    }

    /// <summary>One document on one line: a program's answer.</summary>
    public void Json<T>(T answer, JsonTypeInfo<T> type) => output.Write(JsonText.Of(answer, type) + "\n");

    public void Note(string text) => Say("", text);

    public void Warn(string text) => Say("warning: ", text);

    public void Error(string text) => Say("relustre: ", text);

    /// <summary>Asks on standard error; the answer follows on the same line.</summary>
    public void Ask(string question)
    {
        output.Flush();
        outside.Error.Write(Printable.Line(question));
    }

    /// <summary>Replaces the terminal's last line; an empty text takes it away.</summary>
    public void Status(string text)
    {
        var line = Printable.Line(text);
        outside.Error.Write("\r\e[K" + (line.Length < Width ? line : line[..(Width - 1)]));
    }

    /// <summary>Standard error for a live view, which escapes what it shows by itself.</summary>
    public IAnsiConsole Live()
    {
        var console = AnsiConsole.Create(Settings(new AnsiConsoleOutput(outside.Error)));
        console.Profile.Width = Width;
        return console;
    }

    public void Dispose() => output.Dispose();

    private string Toned(string text, Tone tone) => !HasColour || !IsTerminal || tone == Tone.Plain ? text : $"\e[{Code(tone)}m{text}\e[0m";

    private static string Code(Tone tone) => tone switch
    {
        Tone.Quiet => "2",
        Tone.Strong => "1",
        Tone.Good => "32",
        Tone.Notice => "36",
        Tone.Warning => "33",
        _ => "1;31",
    };

    private void Say(string prefix, string text)
    {
        // Results said so far come first where both streams are one terminal.
        output.Flush();
        foreach (var line in text.Split('\n'))
        {
            outside.Error.WriteLine(prefix + Printable.Line(line));
            prefix = "";
        }
    }

    private AnsiConsoleSettings Settings(IAnsiConsoleOutput to) => new()
    {
        Out = to,
        Ansi = AnsiSupport.Yes,
        ColorSystem = HasColour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
        Interactive = InteractionSupport.Yes,
    };

    private static Table Spectre(Sheet sheet)
    {
        var table = new Table().Border(TableBorder.Rounded).BorderStyle(new Style(Color.Grey));
        foreach (var (index, heading) in sheet.Headings.Index())
            table.AddColumn(new TableColumn(new Markup(Markup.Escape(heading), new Style(decoration: Decoration.Bold)))
            {
                Alignment = sheet.IsRight(index) ? Justify.Right : Justify.Left,
                NoWrap = index == 0,
            });
        foreach (var row in sheet.Rows)
            table.AddRow(row.Select(cell => (global::Spectre.Console.Rendering.IRenderable)new Text(cell)));
        return table;
    }
}
