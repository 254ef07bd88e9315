using System.ComponentModel;
using System.Text;
using Relustre.Facts;
using Relustre.Hosts;

namespace Relustre.Audit;

/// <summary>
/// Asks the simulator of the Pacemaker on this machine what a changed CIB makes the cluster do. It changes nothing. The CIB, which
/// holds passwords, goes through a pipe and never into a file.
/// </summary>
public sealed class ClusterSimulation(string program = "crm_simulate")
{
    private const int MaxQuestion = 16 * 1024 * 1024;
    private const int MaxAnswer = 1024 * 1024;

    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(20);

    /// <summary>One sentence; null: there is no simulator here, it does not understand the CIB, or nobody knows what ran where.</summary>
    public async Task<string?> ConsequenceAsync(ComponentState wanted, ComponentState found, CancellationToken cancel)
    {
        if (ClusterReaction.Questions(wanted, found) is not { } questions)
            return null;
        return await AskAsync(questions.Before, cancel) is { } before && await AskAsync(questions.After, cancel) is { } after
            ? ClusterReaction.Told(before, after)
            : null;
    }

    private async Task<string?> AskAsync(string cib, CancellationToken cancel)
    {
        var question = Encoding.UTF8.GetBytes(cib);
        if (question.Length > MaxQuestion)
            return null;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(TimeLimit);
        try
        {
            await using var simulator = new ChildProcess(program, "--xml-pipe", "--run");
            var asking = WriteAsync(simulator.Input, question, patience.Token);
            var answer = await ReadAsync(simulator.Output, patience.Token);
            await asking;
            return await simulator.EndAsync() is { ExitCode: 0 } ? answer : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
        catch (IOException)
        {
            // It ended before it had read all: it did not understand.
            return null;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return null;
        }
    }

    private static async Task WriteAsync(Stream input, byte[] question, CancellationToken cancel)
    {
        await input.WriteAsync(question, cancel);
        await input.DisposeAsync();
    }

    private static async Task<string> ReadAsync(Stream output, CancellationToken cancel)
    {
        var kept = new MemoryStream();
        var buffer = new byte[4096];
        while (await output.ReadAsync(buffer, cancel) is > 0 and var count)
            kept.Write(buffer, 0, (int)Math.Min(count, MaxAnswer - kept.Length));
        return Encoding.UTF8.GetString(kept.GetBuffer(), 0, (int)kept.Length);
    }
}
