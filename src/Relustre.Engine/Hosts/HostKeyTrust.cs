namespace Relustre.Hosts;

/// <summary>Which host keys are believed. A changed one never is.</summary>
public enum HostKeyTrust
{
    /// <summary>Only those in known_hosts.</summary>
    Known,

    /// <summary>A host seen for the first time is believed and remembered.</summary>
    AcceptNew,
}
