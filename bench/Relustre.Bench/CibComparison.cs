using System.Diagnostics;

namespace Relustre.Bench;

/// <summary>How long one CIB takes against another: the first time in a process, and when it is warm.</summary>
internal static class CibComparison
{
    private const int Rounds = 21;

    public static void Run(string wanted, string found, TextWriter output)
    {
        var pacemaker = Catalogue.BuiltIn.Components.Single(component => component.Name == "pacemaker");
        var (was, now) = (State(wanted), State(found));
        var times = new List<double>();
        IReadOnlyList<Difference> differences = [];
        using var process = Process.GetCurrentProcess();
        var before = TimeSpan.Zero;
        for (var round = 0; round < Rounds; round++)
        {
            if (round == 1)
                before = process.TotalProcessorTime;
            var start = Stopwatch.GetTimestamp();
            differences = pacemaker.Compare(was, now);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        process.Refresh();
        var cpu = (process.TotalProcessorTime - before).TotalMilliseconds / (Rounds - 1);
        output.WriteLine($"{differences.Count} differences; first {times[0]:0} ms, then {times.Skip(1).Order().ElementAt(Rounds / 2):0} ms (median), {cpu:0} ms of CPU each");
        foreach (var difference in differences)
            output.WriteLine($"  {difference.Key}: {difference.ShownWanted} -> {difference.ShownFound}");
    }

    private static ComponentState State(string path) =>
        new([], [new ToolOutput("cib.xml", ToolOutcome.Answered) { Output = File.ReadAllBytes(path) }]);
}
