using System.Runtime.InteropServices;
using Relustre.Cli;
using Relustre.Cli.Commands;

using var interrupted = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
return await new RelustreCommand(Surroundings.OfProcess()).RunAsync(args, interrupted.Token);

// The first time the run ends cleanly (locks, sessions, the screen); the second time it just ends.
void Stop(PosixSignalContext signal)
{
    signal.Cancel = !interrupted.IsCancellationRequested;
    interrupted.Cancel();
}
