namespace Relustre.Cli.Output;

/// <summary>Rows under headings: a table on a terminal, plain columns in a pipe.</summary>
/// <param name="Columns">Headings; one that starts with "&gt;" is of numbers and set to the right.</param>
internal sealed record Sheet(params IReadOnlyList<string> Columns)
{
    private readonly List<IReadOnlyList<string>> rows = [];

    public IReadOnlyList<IReadOnlyList<string>> Rows => rows;

    public IEnumerable<string> Headings => Columns.Select(column => column.TrimStart('>'));

    public void Add(params IReadOnlyList<string?> cells) => rows.Add([.. cells.Select(cell => Printable.Line(cell ?? ""))]);

    public bool IsRight(int column) => Columns[column].StartsWith('>');

    /// <summary>Columns two spaces apart, as wide as they need; the last one ends where its text ends.</summary>
    public IEnumerable<string> Lines()
    {
        var table = rows.Prepend([.. Headings]).ToList();
        var widths = Enumerable.Range(0, Columns.Count).Select(column => table.Max(row => row[column].Length)).ToList();
        return table.Select(row => string.Join("  ", row.Select((cell, column) =>
            IsRight(column) ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))).TrimEnd());
    }
}
