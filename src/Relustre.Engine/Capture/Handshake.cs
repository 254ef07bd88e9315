using System.Globalization;
using System.Text;
using Relustre.Hosts;

namespace Relustre.Capture;

/// <summary>The first words between us and a collector: ours is sent when none is installed, and it says who it is.</summary>
internal sealed class Handshake(SessionStream stream, CollectorScript script, TimeProvider clock)
{
    private const string Request = "relustre?";
    private const string Hello = "relustre collector ";

    // What profiles and banners may print before us.
    private const int NoiseLines = 500;

    /// <summary>Reads up to the word after which it takes requests.</summary>
    /// <param name="root">The folder that must have been entered; empty for a running server.</param>
    public async Task<HostGreeting> GreetAsync(string root, CancellationToken cancel)
    {
        var hello = await HelloAsync(cancel);
        stream.HasSpoken = true;
        var facts = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var line = await stream.ReadLineAsync(cancel); line != "ready"; line = await stream.ReadLineAsync(cancel))
        {
            var (key, value) = Split(line);
            if (key == "error")
            {
                throw value switch
                {
                    CollectorScript.NoRoot => stream.Refused($"{value}: {root}. See that it is there, or correct its root: in site.yaml"),
                    CollectorScript.NoFind => stream.Refused(value),
                    _ => stream.Broken($"cannot be read: {Harmless.Text(value)}"),
                };
            }
            if (!facts.TryAdd(key, value) || facts.Count > 20)
                throw stream.Broken("greeted us with nonsense");
        }
        if (facts.GetValueOrDefault("root", "") != root)
            throw stream.Broken("reads another file tree than it was told");
        var greeting = root.Length > 0 ? OurOwn() : Greeting(facts);
        return greeting with { IsOtherVersion = hello != script.Digest };
    }

    private async Task<string> HelloAsync(CancellationToken cancel)
    {
        for (var lines = 0; lines < NoiseLines; lines++)
        {
            var line = (await stream.ReadLineAsync(cancel)).TrimEnd('\r');
            if (line.StartsWith(Hello, StringComparison.Ordinal))
                return CheckedDigest(line[Hello.Length..]);
            // Noise without a line's end may stand before it.
            if (line.EndsWith(Request, StringComparison.Ordinal))
            {
                var text = UnixPath.Encode(script.Text);
                await stream.SendAsync((byte[])[.. Encoding.ASCII.GetBytes($"{text.Length}\n"), .. text], cancel);
            }
        }
        throw stream.Broken("never greeted us: its login shell talks without end");
    }

    private string CheckedDigest(string hello)
    {
        var (number, digest) = Split(hello);
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var protocol))
            throw stream.Broken("greeted us with nonsense");
        if (protocol < CollectorScript.Protocol)
            throw stream.Broken($"has a collector of an older Relustre installed. Renew it: relustre collector {stream.Host} "
                + $"| ssh root@{stream.Host} 'cat > /usr/local/sbin/relustre-collector'");
        if (protocol > CollectorScript.Protocol)
            throw stream.Broken("has a collector of a newer Relustre installed. Update this Relustre");
        return digest;
    }

    // A file tree is read on our own machine, by ourselves.
    private HostGreeting OurOwn()
    {
        var now = clock.GetUtcNow();
        return new HostGreeting
        {
            Clock = new UnixTime(now.ToUnixTimeSeconds(), (int)(now.Ticks % TimeSpan.TicksPerSecond) * 100),
            UserId = OwnUser.Id(),
        };
    }

    private HostGreeting Greeting(Dictionary<string, string> facts) =>
        UnixTimeText.Parse(UnixPath.Encode(facts.GetValueOrDefault("clock", ""))) is { } clock
        && uint.TryParse(facts.GetValueOrDefault("user"), NumberStyles.None, CultureInfo.InvariantCulture, out var user)
            ? new HostGreeting
            {
                Clock = clock,
                UserId = user,
                System = Harmless.Text(facts.GetValueOrDefault("system", "")),
                Scratch = Harmless.Text(facts.GetValueOrDefault("scratch", "")),
            }
            : throw stream.Broken("greeted us with nonsense");

    private static (string Key, string Value) Split(string line) =>
        line.IndexOf(' ') is >= 0 and var space ? (line[..space], line[(space + 1)..]) : (line, "");
}
