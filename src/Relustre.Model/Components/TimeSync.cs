using Relustre.Facts;
using Relustre.Formats;

namespace Relustre.Components;

/// <summary>Where the time comes from: ntp with IML's marks, chrony, timesyncd, PTP.</summary>
internal sealed class TimeSync() : Component("time-sync", RestoreStage.Platform)
{
    public override IReadOnlyList<Source> Sources =>
    [
        File("/etc/ntp.conf", Format.Lines),
        // What ntp.conf was before IML changed it.
        File("/etc/ntp.conf.pre-chroma", Format.Lines),
        File("/etc/ntp/step-tickers", Format.Items),
        File("/etc/ntp/ntpservers", Format.Items),
        File("/etc/ntpsec/ntp.conf", Format.Lines),
        File("/etc/ntpsec/ntp.d/*", Format.Lines),
        SecretFile("/etc/ntp/keys", Format.Script),
        SecretFile("/etc/ntp.keys", Format.Script),
        SecretFile("/etc/ntpsec/ntp.keys", Format.Script),
        SecretFile("/etc/ntp/crypto/**"),
        File("/etc/sysconfig/ntpd", Format.Assignments),
        File("/etc/sysconfig/ntpdate", Format.Assignments),
        File("/etc/default/ntp", Format.Assignments),
        File("/etc/default/ntpsec", Format.Assignments),
        File("/etc/chrony.conf", Format.Lines),
        File("/etc/chrony.d/*", Format.Lines),
        File("/etc/chrony/chrony.conf", Format.Lines),
        File("/etc/chrony/conf.d/*", Format.Lines),
        File("/etc/chrony/sources.d/*", Format.Lines),
        SecretFile("/etc/chrony.keys", Format.Script),
        SecretFile("/etc/chrony/chrony.keys", Format.Script),
        File("/etc/sysconfig/chronyd", Format.Assignments),
        File("/etc/default/chrony", Format.Assignments),
        File("/etc/systemd/timesyncd.conf", Format.Sections),
        File("/etc/systemd/timesyncd.conf.d/*", Format.Sections),
        File("/etc/ptp4l.conf", Format.Lines),
        File("/etc/sysconfig/ptp4l", Format.Assignments),
        File("/etc/sysconfig/phc2sys", Format.Assignments),
    ];

    public override Risk Risk => Risk.Config;

    public override string Why => "the clock is set differently";

    public override KeyMeaning BetweenPartners => KeyMeaning.Shared;

    public override IReadOnlyList<KeyRule> Keys =>
    [
        Risky("*: server", Risk.FailoverAtRisk, "IML sets all servers by the manager's clock: apart, they confuse the cluster, its failure timeouts and Lustre", KeyMeaning.Shared),
        Risky("*: pool", Risk.FailoverAtRisk, "servers whose clocks are apart confuse the cluster, its failure timeouts and Lustre", KeyMeaning.Shared),
        Risky("/etc/ntp.conf.pre-chroma*", Risk.Cosmetic, "only IML's copy of the file as it was before", KeyMeaning.PerHost),
        Risky("*keys*", Risk.Security, "time is taken only from servers with this key", KeyMeaning.Shared),
        Risky("*: driftfile", Risk.Cosmetic, "where the clock's drift is kept does not matter"),
    ];

    protected override IReadOnlyList<RestoreStep> AfterChange(RestoreContext context) =>
        [UnitSteps.Restart(context.Platform, "ntpd", "ntp", "ntpsec", "chronyd", "chrony", "systemd-timesyncd", "ptp4l", "phc2sys")];

    public override ComponentFacts? Facts(ComponentState state) => state.Files is [] ? null : new TimeSyncFacts
    {
        Servers =
        [
            .. ServersIn("ntp", state.Files.Where(file => file.Path is "/etc/ntp.conf" or "/etc/ntpsec/ntp.conf")),
            .. ServersIn("chrony", state.Files.Where(file => file.Path.StartsWith("/etc/chrony", StringComparison.Ordinal))),
            .. from setting in Format.Sections.Read(state.Text("/etc/systemd/timesyncd.conf") ?? "")
               where setting.Key is "Time.NTP" or "Time.FallbackNTP"
               from address in setting.Value.Words
               select new TimeSyncFacts.Server("timesyncd", "server", address, ""),
        ],
        Marks = MarksIn(state.Text("/etc/ntp.conf") ?? ""),
        HasOriginal = state.File("/etc/ntp.conf.pre-chroma") is not null,
        HasPtp = state.File("/etc/ptp4l.conf") is not null,
    };

    private static IEnumerable<TimeSyncFacts.Server> ServersIn(string program, IEnumerable<CapturedFile> files) =>
        from file in files
        where !file.Path.EndsWith(".keys", StringComparison.Ordinal)
        from row in Lines.Rows(file.Text)
        where row is ["server" or "pool" or "peer", _, ..]
        select new TimeSyncFacts.Server(program, row[0], row[1], string.Join(' ', row.Skip(2)));

    private static TimeSyncFacts.ImlMarks MarksIn(string text) =>
        text.Contains("# IML_EDITv1", StringComparison.Ordinal) ? TimeSyncFacts.ImlMarks.EditV1
        : text.Contains("# IML_EDIT", StringComparison.Ordinal) ? TimeSyncFacts.ImlMarks.Edit
        : text.Contains(" by chroma-agent", StringComparison.Ordinal) ? TimeSyncFacts.ImlMarks.ChromaAgent
        : TimeSyncFacts.ImlMarks.None;
}
