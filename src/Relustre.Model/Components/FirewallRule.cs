namespace Relustre.Components;

/// <summary>One line of iptables or nftables, as far as it opens ports.</summary>
internal static class FirewallRule
{
    /// <summary>As "988/tcp" and "5000-5010/udp"; nothing where it opens none.</summary>
    public static IEnumerable<string> OpenPorts(string line)
    {
        var words = line.Replace("{", " ", StringComparison.Ordinal).Replace("}", " ", StringComparison.Ordinal).Words;
        var isIptables = After(words, "-j") == "ACCEPT";
        if (!isIptables && !words.Contains("accept"))
            return [];
        var protocol = isIptables ? After(words, "-p") : words.FirstOrDefault(word => word is "tcp" or "udp");
        var ports = isIptables ? After(words, "--dport") ?? After(words, "--dports") : string.Concat(NftPorts(words));
        return from port in (ports ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries)
               where protocol is "tcp" or "udp" && char.IsAsciiDigit(port[0])
               select $"{port.Replace(':', '-')}/{protocol}";
    }

    // "tcp dport { 22, 988 } counter accept"
    private static IEnumerable<string> NftPorts(string[] words) =>
        words.SkipWhile(word => word != "dport").Skip(1).TakeWhile(word => char.IsAsciiDigit(word[0]));

    private static string? After(string[] words, string option) =>
        Array.IndexOf(words, option) is >= 0 and var at ? words.ElementAtOrDefault(at + 1) : null;
}
