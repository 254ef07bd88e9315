using System.Text;
using System.Text.Json;

namespace Relustre.Tests.Cli;

/// <summary>What people decide, through the command line: accept, waive, and what an audit makes of it.</summary>
public sealed class DecisionVerbTests : IDisposable
{
    private const string Conf = "tree/etc/corosync/corosync.conf";

    private readonly CliRun cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task An_audit_of_an_accepted_state_is_clean_and_the_baseline_stays_until_the_next_acceptance()
    {
        await MakeSiteAsync();
        Assert.Equal(0, await RunAsync("accept", "oss1", "--reason", "as built"));
        Assert.Contains("is the baseline from now on", cli.Output);
        Assert.Equal(0, await RunAsync("audit"));
        Assert.Contains("accepted", cli.Output);

        cli.Folder.Write(Conf, "totem {\n  token: 2000\n}\n");
        Assert.Equal(20, await RunAsync("audit"));
        Assert.Equal(0, await RunAsync("backup"));
        Assert.Equal(20, await RunAsync("audit"));

        Assert.Equal(0, await RunAsync("accept", "oss1", "--json"));
        Assert.Equal("accepted-snapshot", Json().GetProperty("accepted")[0].GetProperty("kind").GetString());
        Assert.Equal(0, await RunAsync("audit", "--json"));
        Assert.StartsWith("accepted ", Json().GetProperty("servers")[0].GetProperty("baselineReason").GetString());
        Assert.Equal(0, await RunAsync("history", "oss1"));
        Assert.Contains("accepted as the baseline by ", cli.Output);
        Assert.Contains(": as built", cli.Output);
    }

    [Fact]
    public async Task Without_an_acceptance_the_newest_snapshot_is_the_baseline_and_the_audit_says_so()
    {
        await MakeSiteAsync();
        cli.Folder.Write(Conf, "totem {\n  token: 2000\n}\n");

        Assert.Equal(20, await RunAsync("audit"));
        Assert.Contains("the newest snapshot, since none was accepted", cli.Output);
        Assert.Equal(0, await RunAsync("backup"));
        Assert.Equal(0, await RunAsync("audit"));
    }

    [Fact]
    public async Task An_accepted_finding_is_wanted_and_the_value_before_it_is_not()
    {
        await MakeSiteAsync();
        cli.Folder.Write(Conf, "totem {\n  token: 2000\n}\n");
        var id = (await FindingsAsync()).Single().GetProperty("id").GetString()!;

        Assert.Equal(0, await RunAsync("accept", "--finding", id));
        Assert.Equal(0, await RunAsync("audit"));
        cli.Folder.Write(Conf, "totem {\n  token: 1000\n}\n");
        var back = (await FindingsAsync()).Single();

        Assert.Equal(("2000", "1000"), (back.GetProperty("wanted").GetString(), back.GetProperty("found").GetString()));
        Assert.Equal(2, await RunAsync("accept", "--finding", "000000000000"));
        Assert.Contains("relustre audit", cli.Error);
        Assert.Equal(2, await RunAsync("accept"));
        Assert.Equal(2, await RunAsync("accept", "oss1", "--finding", id));
        Assert.Equal(1, await RunAsync("accept", "oss1", "mds1"));
        Assert.Equal(1, await RunAsync("accept", "os1"));
        Assert.Contains("did you mean 'oss1'", cli.Error);
    }

    [Fact]
    public async Task A_finding_about_a_secret_is_waived_and_never_accepted_alone()
    {
        await MakeSiteAsync();
        cli.Folder.Write("tree/etc/shadow", "root:$6$S3CRET$other:19000:0:99999:7:::\n");
        var secret = (await FindingsAsync()).First(finding => finding.TryGetProperty("isSecret", out var is_) && is_.GetBoolean());
        var id = secret.GetProperty("id").GetString()!;

        Assert.Equal(1, await RunAsync("accept", "--finding", id));
        Assert.Contains("secret", cli.Error);
        Assert.Equal(0, await RunAsync("waive", id, "--reason", "known", "--until", Day(30)));
        Assert.Contains("every value", cli.Error);
        await RunAsync("waive", "list");
        Assert.DoesNotContain("S3CRET", cli.All);
        Assert.DoesNotContain("S3CRET", string.Concat(Directory.GetFiles(cli.Folder["site/vault/relustre"]).Select(File.ReadAllText)) + File.ReadAllText(cli.Folder["site/memory/findings.json"]));
    }

    [Fact]
    public async Task A_waived_finding_is_counted_listed_and_comes_back_loudly()
    {
        var clock = new ShiftedClock();
        cli.Clock = clock;
        await MakeSiteAsync();
        cli.Folder.Write(Conf, "totem {\n  token: 2000\n}\n");
        var id = (await FindingsAsync()).Single().GetProperty("id").GetString()!;

        Assert.Equal(0, await RunAsync("waive", id[..8], "--reason", "new switch in May", "--owner", "bob", "--until", Day(10)));
        var waiver = cli.Output.Split(':')[0];
        Assert.Equal(0, await RunAsync("audit"));
        Assert.Contains("(1 waived: --waived)", cli.Output);
        Assert.DoesNotContain("totem.token", cli.Output);
        Assert.Equal(0, await RunAsync("audit", "--waived"));
        Assert.Contains("totem.token", cli.Output);
        Assert.Contains("bob: new switch in May", cli.Output);
        Assert.Equal(0, await RunAsync("audit", "--json"));
        Assert.Equal(id, Json().GetProperty("servers")[0].GetProperty("waived")[0].GetProperty("finding").GetProperty("id").GetString());
        cli.Folder.Write(Conf, "totem {\n  token: 3000\n}\n");
        Assert.Equal(20, await RunAsync("audit"));
        cli.Folder.Write(Conf, "totem {\n  token: 2000\n}\n");

        // A document on standard output stays one, whatever else was asked for.
        Assert.Equal(0, await RunAsync("audit", "--waived", "--sarif", "-"));
        Assert.Equal("new switch in May", Json().GetProperty("runs")[0].GetProperty("results")[0].GetProperty("suppressions")[0].GetProperty("justification").GetString());
        Assert.Equal(0, await RunAsync("audit", "--waived", "--component", "network"));
        Assert.DoesNotContain("totem.token", cli.Output);

        clock.Ahead = TimeSpan.FromDays(11);
        Assert.Equal(20, await RunAsync("audit"));
        Assert.Contains($"waiver {waiver} EXPIRED", cli.Error);
        Assert.Equal(20, await RunAsync("audit", "--junit", "-"));
        Assert.Contains("type=\"waiver-expired\"", cli.Output);
        Assert.Equal(0, await RunAsync("waive", "list", "--expired", "--json"));
        Assert.True(Json()[0].GetProperty("isExpired").GetBoolean());
        Assert.Equal(0, await RunAsync("waive", "remove", waiver));
        Assert.Equal(20, await RunAsync("audit"));
        Assert.DoesNotContain("EXPIRED", cli.Error);
        Assert.Equal(2, await RunAsync("waive", "remove", waiver));
    }

    [Theory]
    [InlineData("ID", "waive|0123456789ab|--until|2000-01-01|--reason|x")]
    [InlineData("over", "waive|--rule|r|--until|2000-01-01|--reason|x")]
    [InlineData("a year", "waive|--rule|r|--until|2099-01-01|--reason|x")]
    [InlineData("no date", "waive|--rule|r|--until|tomorrow|--reason|x")]
    [InlineData("--until is missing", "waive|--rule|r|--reason|x")]
    [InlineData("--reason is missing", "waive|--rule|r|--until|DAY")]
    [InlineData("--rule NAME", "waive|--until|DAY|--reason|x")]
    [InlineData("switch", "waive|--rule|drift|--until|DAY|--reason|x")]
    [InlineData("one line", "waive|--rule|r|--until|DAY|--reason|two\nlines")]
    [InlineData("did you mean 'oss1'", "waive|--rule|quorum-policy|--host|oss2x|--until|DAY|--reason|x")]
    [InlineData("there is no rule 'hostid-unste'; did you mean 'hostid-unset'?", "waive|--rule|hostid-unste|--until|DAY|--reason|x")]
    [InlineData("The rules are: account-ids-differ,", "waive|--rule|nothing-like-it|--until|DAY|--reason|x")]
    public async Task A_waiver_that_cannot_be_is_refused_with_a_word_about_why(string said, string line)
    {
        await MakeSiteAsync();

        Assert.Equal(2, await RunAsync(line.Replace("DAY", Day(5)).Split('|')));

        Assert.Contains(said is "ID" ? "over" : said is "switch" ? "every change" : said is "did you mean 'oss1'" ? "oss2x" : said, cli.Error);
        Assert.Empty(Directory.GetFiles(cli.Folder["site/vault/relustre"], "decisions-*"));
    }

    [Fact]
    public async Task Blame_and_history_and_diff_tell_of_a_setting_through_the_command_line()
    {
        await MakeSiteAsync();
        cli.Folder.Write(Conf, "totem {\n  token: 2000\n}\n");
        Assert.Equal(20, await RunAsync("diff", "oss1", "oss1@now"));
        Assert.Matches(@"wanted +1000\n +found +2000\n", cli.Output);
        Assert.Equal(0, await RunAsync("diff", "oss1@now", "oss1@now"));
        Assert.Equal(0, await RunAsync("backup"));

        foreach (var what in new[] { "corosync|totem.token", "/etc/corosync/corosync.conf|totem.token", "/etc/corosync/corosync.conf: totem.token", "totem.token" })
        {
            Assert.Equal(0, await RunAsync(["blame", "oss1", .. what.Split('|')]));
            Assert.Matches(@"(?s)Z  \w{8}  1000\n    until .*Z  \w{8}  2000\n    still", cli.Output);
        }
        Assert.Equal(0, await RunAsync("blame", "oss1", "/etc/corosync/corosync.conf", "--json"));
        Assert.Equal(2, Json().GetProperty("subjects")[0].GetProperty("values").GetArrayLength());
        Assert.Equal(1, await RunAsync("blame", "oss1", "corosync", "totem.tokn"));
        Assert.Contains("did you mean 'totem.token'", cli.Error);
        Assert.Equal(2, await RunAsync("blame", "oss1", "corosnyc", "totem.token"));
        Assert.Contains("did you mean 'corosync'", cli.Error);
        Assert.Equal(2, await RunAsync("blame", "oss1", "/etc/../x"));
        Assert.Equal(0, await RunAsync("history", "oss1", "--component", "corosync"));
        Assert.Contains("totem.token  1000 -> 2000", cli.Output);
        Assert.Equal(0, await RunAsync("history", "oss1", "--json"));
        Assert.Equal(["snapshot", "snapshot"], Json().GetProperty("events").EnumerateArray().Select(one => one.GetProperty("kind").GetString()));
        Assert.Equal(0, await RunAsync("history", "oss1", "--since", "2099-01-01"));
        Assert.Equal(2, await RunAsync("history", "oss1", "--since", "yesterday"));
        Assert.DoesNotContain("S3CRET", cli.All);
    }

    private string Day(int ahead) => cli.Clock.GetUtcNow().AddDays(ahead).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private async Task<IReadOnlyList<JsonElement>> FindingsAsync()
    {
        Assert.Equal(20, await RunAsync("audit", "--json"));
        return [.. Json().GetProperty("servers")[0].GetProperty("findings").EnumerateArray()];
    }

    private Task<int> RunAsync(params IReadOnlyList<string> arguments) => cli.RunAsync(["--site", "site", .. arguments]);

    private JsonElement Json() => JsonDocument.Parse(Encoding.UTF8.GetString(cli.OutputBytes)).RootElement;

    private async Task MakeSiteAsync()
    {
        cli.Folder.Write(Conf, "totem {\n  token: 1000\n}\n");
        cli.Folder.Write("tree/etc/shadow", "root:$6$S3CRET$hash:19000:0:99999:7:::\n");
        Assert.Equal(0, await cli.RunAsync("init", "--site", "site"));
        Assert.Equal(0, await RunAsync("host", "add", "oss1", "--root", "tree"));
        Assert.Equal(0, await RunAsync("backup"));
    }
}
