using System.Globalization;
using System.Text;
using Relustre.Capture;
using Relustre.Facts;
using Relustre.Hosts;

namespace Relustre.Audit;

/// <summary>
/// Asks Pacemaker's own simulator what a changed CIB makes the cluster do: the one on this machine, else the server's. It changes
/// nothing. CIBs hold passwords, so they go through pipes and memory, and a server is sent no secret that it does not have.
/// </summary>
public sealed class ClusterSimulation(TimeProvider clock, string program = "crm_simulate")
{
    private const string Greeting = "relustre simulation 1";
    private const int MaxQuestion = 16 * 1024 * 1024;
    private const int MaxLine = 200;

    private static readonly CaptureLimits limits = CaptureLimits.Default with { TotalBytes = 4 << 20, WholeTime = TimeSpan.FromSeconds(60), Silence = TimeSpan.FromSeconds(30) };

    /// <param name="server">The running server that has the found CIB; null: what was found is a snapshot.</param>
    public async Task<Prediction> PredictAsync(ClusterChange change, Host? server, CancellationToken cancel)
    {
        var here = await AskAsync(new Host(Host.Localhost), change, cancel);
        if (here.Consequence is not null || server is null or { IsLocal: true })
            return here;
        var there = await AskAsync(server, change.ForItsServer(), cancel);
        return there.Consequence is not null ? there : Prediction.None($"{here.Unpredicted}; {there.Unpredicted}");
    }

    private async Task<Prediction> AskAsync(Host host, ClusterChange change, CancellationToken cancel)
    {
        var name = host.IsLocal ? "this machine" : host.Name;
        var (before, after) = (Encoding.UTF8.GetBytes(change.Before), Encoding.UTF8.GetBytes(change.After));
        if (before.Length > MaxQuestion || after.Length > MaxQuestion)
            return Prediction.None($"the CIB is larger than {MaxQuestion >> 20} MiB");
        try
        {
            var question = new ScriptQuestion(ScriptFor(host, before.Length, after.Length), Greeting) { Input = (byte[])[.. before, .. after] };
            return Read(await HostQuestion.AskAsync(host, question, limits, clock, cancel), change, name);
        }
        catch (HostException unasked)
        {
            return Prediction.None($"{name} could not be asked: {Harmless.Text(unasked.Message)}");
        }
    }

    /// <summary>The script that is run, to be read and checked.</summary>
    internal string ScriptFor(Host host, int before, int after) => HostQuestion.Script("simulate.sh")
        // What is at hand here, whoever calls us knows; a session on a server has not always a path to its tools.
        .Replace("@path@", host.IsLocal ? ":/usr/bin:/bin" : ":/usr/sbin:/sbin", StringComparison.Ordinal)
        .Replace("@program@", RemoteCommand.Quote(program), StringComparison.Ordinal)
        .Replace("@before@", before.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("@after@", after.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static Prediction Read(IReadOnlyList<string> lines, ClusterChange change, string name)
    {
        var answers = new List<string>();
        var answer = new StringBuilder();
        foreach (var line in lines)
            switch (line.Split(' ', 2))
            {
                case [">", var text]:
                    answer.Append(Short(text)).Append('\n');
                    break;
                case ["ended", "0"]:
                    answers.Add(answer.ToString());
                    answer.Clear();
                    break;
                case ["ended", var code]:
                    return Prediction.None($"the crm_simulate of {name} does not understand it (exit code {Short(code)})");
                case ["cannot", "program"]:
                    return Prediction.None($"{name} has no crm_simulate");
                case ["cannot", _]:
                    return Prediction.None($"{name} has no memory-backed folder for crm_simulate");
                default:
                    break;
            }
        return answers is [var before, var after] ? Prediction.Of(change.Told(before, after)) : Prediction.None($"{name} answered with no sense");
    }

    // A server may be anybody's.
    private static string Short(string text) => Harmless.Text(text.Length > MaxLine ? text[..MaxLine] : text);
}
