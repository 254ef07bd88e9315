using System.Runtime.InteropServices;

namespace Relustre.Tests;

/// <summary>How much work something is: the time that this thread had a processor, whatever else the machine does.</summary>
internal static partial class ThreadCpu
{
    private const int ThreadClock = 3;

    public static TimeSpan SpentBy(Action work)
    {
        var start = Now();
        work();
        return Now() - start;
    }

    private static TimeSpan Now() =>
        GetTime(ThreadClock, out var time) == 0 ? TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1000) : throw new PlatformNotSupportedException();

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out Time time);

    private struct Time
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
