using System.Globalization;

namespace Relustre.Hosts;

/// <summary>What ssh is started with: it never asks anybody anything, always checks the host's key, and forwards nothing.</summary>
internal static class SshCommandLine
{
    private const string KnownHosts = "UserKnownHostsFile=";

    private static readonly string[] Rules =
    [
        "BatchMode=yes",
        "ConnectTimeout=10",
        "ServerAliveInterval=15",
        "ServerAliveCountMax=4",
        "ForwardAgent=no",
        "ForwardX11=no",
        "ClearAllForwardings=yes",
        "PermitLocalCommand=no",
        "RemoteCommand=none",
        "RequestTTY=no",
        "ControlMaster=no",
        // The quickest where both ends have it; the rest stays as offered.
        "Ciphers=^aes128-gcm@openssh.com",
    ];

    private const string Tunables = "GLIBC_TUNABLES";

    /// <summary>
    /// ssh gives a buffer back as soon as it is empty and takes a new one for the next packet. Where the C library hands each of them to
    /// the kernel and back, that is an eighth of all the CPU time that a first backup needs at both ends; so it keeps them.
    /// </summary>
    public static IEnumerable<KeyValuePair<string, string>> Environment { get; } =
    [
        new(Tunables, string.Join(':', new[] { System.Environment.GetEnvironmentVariable(Tunables), "glibc.malloc.mmap_threshold=33554432", "glibc.malloc.trim_threshold=33554432" }
            .Where(tunable => !string.IsNullOrEmpty(tunable)))),
    ];

    public static IEnumerable<string> For(Host host, string script, string argument) =>
    [
        .. All(host).SelectMany(option => new[] { "-o", option }),
        "-T", "-x", "-a",
        "--", host.Address, Remote(host, script, argument),
    ];

    /// <summary>A login that stays open, for others to share by <see cref="Host.ControlPath"/>.</summary>
    public static IEnumerable<string> ForLogin(Host host) =>
    [
        "-o", "ControlMaster=yes",
        "-o", "ControlPersist=no",
        // All commands hang on it, so its end must be noticed before the first of them seems to have failed.
        "-o", "ServerAliveInterval=5",
        "-o", "ServerAliveCountMax=4",
        .. All(host).SelectMany(option => new[] { "-o", option }),
        "-T", "-x", "-a",
        // It ends with its input, so also when whoever holds the other end of that is killed.
        "--", host.Address, "cat >/dev/null",
    ];

    /// <summary>How a person would try the same by hand.</summary>
    public static string ByHand(Host host) => string.Join(' ',
    [
        "ssh",
        .. host.IdentityFile is { } key ? ["-i", Quote(key)] : Array.Empty<string>(),
        .. host.Port is { } port ? ["-p", port.ToString(CultureInfo.InvariantCulture)] : Array.Empty<string>(),
        host.User is { } user ? $"{user}@{host.Address}" : host.Address,
        "true",
    ]);

    /// <summary>The word as a shell reads it back, whatever is in it.</summary>
    public static string Quote(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "/._-+=:,@%".Contains(c, StringComparison.Ordinal))
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    // The first value that ssh sees for an option is the one that counts.
    private static IEnumerable<string> All(Host host)
    {
        var options = host.SshOptions.Concat(Options(host));
        return host.OwnKnownHostsFile is { } own ? [$"{KnownHosts}\"{own}\" {Others(options)}", .. options] : options;
    }

    private static string Others(IEnumerable<string> options) =>
        options.FirstOrDefault(option => option.StartsWith(KnownHosts, StringComparison.OrdinalIgnoreCase))?[KnownHosts.Length..]
        ?? "~/.ssh/known_hosts ~/.ssh/known_hosts2";

    private static IEnumerable<string> Options(Host host)
    {
        foreach (var rule in Rules)
            yield return rule;
        yield return host.HostKeyTrust == HostKeyTrust.Known ? "StrictHostKeyChecking=yes" : "StrictHostKeyChecking=accept-new";
        if (host.KnownHostsFile is { } known)
            yield return $"{KnownHosts}\"{known}\"";
        if (host.User is { } user)
            yield return $"User={user}";
        if (host.Port is { } port)
            yield return $"Port={port.ToString(CultureInfo.InvariantCulture)}";
        if (host.IdentityFile is { } key)
        {
            yield return $"IdentityFile=\"{key}\"";
            yield return "IdentitiesOnly=yes";
        }
        yield return host.ControlPath is { } socket ? $"ControlPath=\"{socket}\"" : "ControlPath=none";
    }

    // The login shell may be csh or fish: one exec, single quotes, nothing else.
    private static string Remote(Host host, string script, string argument) =>
        $"exec {(host.UseSudo ? "sudo -n " : "")}sh -c {Quote(script)} relustre {Quote(argument)}";
}
