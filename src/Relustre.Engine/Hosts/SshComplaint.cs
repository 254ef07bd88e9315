using System.Text.RegularExpressions;

namespace Relustre.Hosts;

/// <summary>Turns what ssh (or sudo, or a shell) wrote to standard error into a cause and a next step.</summary>
internal static partial class SshComplaint
{
    private static readonly string[] Refusals =
        ["Permission denied (", "Too many authentication failures", "No supported authentication methods", "account is not available", "Load key "];

    private static readonly string[] SudoRefusals = ["sudo: a password is required", "sudo: sorry, you must have a tty", "is not allowed to execute",
        "is not in the sudoers file", "sudo: a terminal is required", "sudo: not found", "sudo: command not found"];

    /// <param name="exitCode">255 is ssh's own trouble, or a command's that ended with it.</param>
    public static HostException Explain(Host host, int exitCode, string complaint, bool hasSpoken)
    {
        var name = host.Name;
        var said = LastLine(complaint);
        if (Has(complaint, "REMOTE HOST IDENTIFICATION HAS CHANGED"))
            return new HostKeyChangedException(name,
                $"{name} shows another host key than before: it was reinstalled, or somebody else answers in its place. "
                + $"When you know why, forget the old key: ssh-keygen {KnownHosts(host, complaint)}-R {SshCommandLine.Quote(KnownName(host))}");
        if (hasSpoken)
            return new ConnectionLostException(name,
                $"{name}: the connection was lost in the middle of a capture{Because(said)}. Nothing of it was kept; run the backup again.");
        if (Has(complaint, "Host key verification failed"))
            return new HostKeyUnknownException(name,
                $"{name} is not in known_hosts{Because(said)}. Compare and accept its key once: {SshCommandLine.ByHand(host)}");
        if (SudoRefusals.Any(refusal => Has(complaint, refusal)))
            return new HostRefusedException(name,
                $"{name} says: {said}. The user needs a sudo rule with NOPASSWD and !requiretty: docs/collector.md has it.");
        if (Refusals.Any(refusal => Has(complaint, refusal)))
            return new HostRefusedException(name, $"ssh {name} says: {said}. Try: {SshCommandLine.ByHand(host)}");
        if (Has(complaint, "no matching "))
            return new HostUnreachableException(name,
                $"ssh {name} says: {said}. An old sshd needs old algorithms: set ssh-options for this host, such as HostKeyAlgorithms=+ssh-rsa");
        return new HostUnreachableException(name, host.IsLocal
            ? $"{name}: sh ended with {exitCode}{Because(said)}"
            : $"ssh {name} ended with {exitCode}{Because(said)}. Try: {SshCommandLine.ByHand(host)}");
    }

    public static HostException Silent(Host host) => new ConnectionLostException(host.Name,
        $"{host.Name} closed its output and did not end. Run the backup again; if it stays so, try: {SshCommandLine.ByHand(host)}");

    private static bool Has(string complaint, string words) => complaint.Contains(words, StringComparison.Ordinal);

    private static string Because(string said) => said.Length == 0 ? "" : $": {said}";

    // ssh says itself which file has the old key: "Offending ED25519 key in FILE:LINE".
    private static string KnownHosts(Host host, string complaint) =>
        (Offending().Match(complaint) is { Success: true } told ? Harmless.Text(told.Groups[1].Value) : host.KnownHostsFile) is { } file ? $"-f {SshCommandLine.Quote(file)} " : "";

    [GeneratedRegex(@"^Offending \S+ key in (.+):[0-9]+\r?$", RegexOptions.Multiline)]
    private static partial Regex Offending();

    private static string KnownName(Host host) => host.Port is null or 22 ? host.Address : $"[{host.Address}]:{host.Port}";

    // The cause stands in ssh's last line; what comes before are banners and warnings.
    private static string LastLine(string complaint)
    {
        var line = complaint.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "";
        return Harmless.Text(line.Length > 500 ? line[..500] : line).TrimEnd('.');
    }
}
