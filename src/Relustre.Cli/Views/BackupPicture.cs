using Relustre.Cli.Output;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Relustre.Cli.Views;

/// <summary>A running backup as a terminal shows it: those at work and those that failed, a bar, and how long it will take.</summary>
internal static class BackupPicture
{
    private const int MostRows = 14;
    private const int BarWidth = 30;

    public static IRenderable Of(BackupBoard board)
    {
        var rows = board.Rows;
        var shown = rows.Where(row => row.Stage == HostStage.Failed).Concat(rows.Where(row => row.IsAtWork)).Take(MostRows).ToList();
        var table = new Table().Border(TableBorder.None).HideHeaders().AddColumns("host", "stage");
        foreach (var row in shown)
            table.AddRow(new Text(Printable.Line(row.Host), new Style(decoration: Decoration.Bold)), new Text(row.Words, StyleOf(row.Stage)));
        return new Rows([.. shown.Count > 0 ? [table] : Array.Empty<IRenderable>(), new Text(Summary(board, rows))]);
    }

    /// <summary>"[#####-----] 12 of 64 servers, 1 failed, 0:14 min, about 1:01 min left".</summary>
    public static string Summary(BackupBoard board, IReadOnlyList<HostRow> rows)
    {
        var finished = board.Finished;
        var filled = rows.Count == 0 ? 0 : BarWidth * finished / rows.Count;
        var failed = rows.Count(row => row.Stage == HostStage.Failed);
        return $"[{new string('#', filled)}{new string('-', BarWidth - filled)}] {finished} of {Units.Count(rows.Count, "server")}"
            + (failed > 0 ? $", {failed} failed" : "")
            + $", {Units.Duration(board.Elapsed)}"
            + (board.Remaining is { Ticks: > 0 } left ? $", about {Units.Duration(left)} left" : "");
    }

    private static Style StyleOf(HostStage stage) => stage switch
    {
        HostStage.Failed => new Style(Color.Red),
        HostStage.Waiting => new Style(Color.Grey),
        _ => Style.Plain,
    };
}
