using Relustre.Facts;
using Relustre.Formats;

namespace Relustre.Components;

/// <summary>What runs by the clock: cron, anacron and at's permissions. (Timers of systemd are services.)</summary>
internal sealed class Cron() : Component("cron", RestoreStage.Platform)
{
    public override IReadOnlyList<Source> Sources =>
    [
        File("/etc/crontab", Format.Crontab),
        File("/etc/cron.d/*", Format.Crontab),
        File("/etc/cron.hourly/*"),
        File("/etc/cron.daily/*"),
        File("/etc/cron.weekly/*"),
        File("/etc/cron.monthly/*"),
        File("/etc/anacrontab", Format.Lines),
        File("/etc/cron.allow", Format.Lines),
        File("/etc/cron.deny", Format.Lines),
        File("/etc/at.allow", Format.Lines),
        File("/etc/at.deny", Format.Lines),
        File("/etc/sysconfig/crond", Format.Assignments),
        File("/etc/default/cron", Format.Assignments),
        File("/var/spool/cron/*", Format.UserCrontab),
        File("/var/spool/cron/crontabs/*", Format.UserCrontab),
    ];

    public override ComponentFacts? Facts(ComponentState state) => state.Files is [] ? null : new CronFacts
    {
        Jobs =
        [
            .. from file in state.Files
               where file.Kind == FileKind.File
               let isTable = file.Path == "/etc/crontab" || file.Path.StartsWith("/etc/cron.d/", StringComparison.Ordinal)
               where isTable || file.Path.StartsWith("/var/spool/cron/", StringComparison.Ordinal)
               from job in Crontab.Jobs(file.Text, hasUser: isTable)
               select new CronFacts.Job(file.Path, job.Schedule, job.User ?? file.Path.Split('/')[^1], job.Program),
        ],
        Scripts =
        [
            .. from file in state.Files
               where file.Kind == FileKind.File && file.Path.Split('/') is [_, "etc", "cron.hourly" or "cron.daily" or "cron.weekly" or "cron.monthly", _]
               orderby file.Path
               select file.Path,
        ],
    };
}
