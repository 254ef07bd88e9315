using Relustre.Hosts;

namespace Relustre.Capture;

/// <summary>What a server sent is not a capture: beyond the limits, not what was asked for, or no sense at all.</summary>
public sealed class CaptureBrokenException(string host, string message, Exception? cause = null)
    : HostException(host, message, cause);
