using Relustre.Facts;

namespace Relustre.Components;

/// <summary>Where logs go. IML up to 3.1 forwards them all to itself.</summary>
internal sealed class Rsyslog() : Component("rsyslog", RestoreStage.Platform)
{
    private const string AgentMark = "# added by chroma-agent";

    public override IReadOnlyList<Source> Sources =>
    [
        File("/etc/rsyslog.conf", Format.Rules),
        File("/etc/rsyslog.d/*", Format.Rules),
        File("/etc/sysconfig/rsyslog", Format.Assignments),
        File("/etc/default/rsyslog", Format.Assignments),
        File("/etc/syslog.conf", Format.Rules),
        SecretFile("/etc/pki/rsyslog/*"),
        File("/etc/systemd/journald.conf", Format.Sections),
        File("/etc/systemd/journald.conf.d/*", Format.Sections),
    ];

    public override Risk Risk => Risk.Config;

    public override string Why => "logs go elsewhere: what happens on the server is not seen where it is looked for";

    public override KeyMeaning BetweenPartners => KeyMeaning.Shared;

    public override IReadOnlyList<KeyRule> Keys =>
    [
        Risky("/etc/pki/rsyslog/*", Risk.Security, "the log host knows this server by this key", KeyMeaning.Unique),
    ];

    protected override IReadOnlyList<RestoreStep> AfterChange(RestoreContext context) =>
        [UnitSteps.Restart(context.Platform, "rsyslog", "syslog")];

    public override ComponentFacts? Facts(ComponentState state) => state.Files is [] ? null : new RsyslogFacts
    {
        Forwards =
        [
            .. from file in state.Files
               where file.Path.StartsWith("/etc/rsyslog", StringComparison.Ordinal)
               from line in file.Text.TrimmedLines
               let words = line.Words
               where words is [not ['#', ..], ['@', ..], ..]
               let target = words[1]
               select new RsyslogFacts.Forward(words[0], target.TrimStart('@'), target.StartsWith("@@", StringComparison.Ordinal) ? "tcp" : "udp"),
            .. from file in state.Files from forward in ActionsIn(file.Text) select forward,
        ],
        HasAgentBlock = state.Text("/etc/rsyslog.conf")?.Contains(AgentMark, StringComparison.Ordinal) ?? false,
    };

    // RainerScript: action(type="omfwd" target="loghost" port="514" protocol="tcp").
    private static IEnumerable<RsyslogFacts.Forward> ActionsIn(string text) =>
        from line in text.TrimmedLines
        where line.Contains("\"omfwd\"", StringComparison.Ordinal) && !line.IsComment
        let pairs = Formats.Pairs.In(line)
        let target = ValueOf(pairs, "target")
        where target is not null
        select new RsyslogFacts.Forward(line.Words[0].StartsWith("action", StringComparison.Ordinal) ? "" : line.Words[0], target, ValueOf(pairs, "protocol") ?? "udp");

    // RainerScript takes its words in any case.
    private static string? ValueOf(IReadOnlyList<Setting> pairs, string key) =>
        pairs.LastOrDefault(pair => pair.Key.Equals(key, StringComparison.OrdinalIgnoreCase)).Value;
}
