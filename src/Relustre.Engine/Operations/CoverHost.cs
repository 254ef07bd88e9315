using Relustre.Audit;
using Relustre.Capture;
using Relustre.Hosts;
using Relustre.Snapshots;

namespace Relustre.Operations;

/// <summary>Tells what is configured on a server that no component captures, so that nothing is missed when it is rebuilt.</summary>
public sealed class CoverHost(CatalogueIndex index, CaptureLimits limits, TimeProvider clock)
{
    internal const string Greeting = "relustre coverage 1";

    /// <summary>The script that is run, to be read and checked.</summary>
    public static string Script => HostQuestion.Script("coverage.sh");

    /// <exception cref="HostException">The host cannot be reached, was lost, or answered with no sense at all.</exception>
    public async Task<CoverageReport> RunAsync(Host host, CancellationToken cancel) =>
        new CoverageReading(await HostQuestion.AskAsync(host, new ScriptQuestion(Script, Greeting), limits, clock, cancel)).Report(host.Name, index);
}
