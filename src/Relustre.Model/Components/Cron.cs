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
        File("/etc/cron.hourly/*", Format.Script),
        File("/etc/cron.daily/*", Format.Script),
        File("/etc/cron.weekly/*", Format.Script),
        File("/etc/cron.monthly/*", Format.Script),
        File("/etc/anacrontab", Format.Anacron),
        File("/etc/cron.allow", Format.Items),
        File("/etc/cron.deny", Format.Items),
        File("/etc/at.allow", Format.Items),
        File("/etc/at.deny", Format.Items),
        File("/etc/sysconfig/crond", Format.Assignments),
        File("/etc/default/cron", Format.Assignments),
        File("/var/spool/cron/*", Format.UserCrontab),
        File("/var/spool/cron/crontabs/*", Format.UserCrontab),
    ];

    public override string Why => "another job runs by the clock, or one does no more";

    public override IReadOnlyList<KeyRule> Keys =>
    [
        Risky("*: (mode)", Risk.Security, "whoever may write a job runs it as its user"),
        Risky("*: (owner)", Risk.Security, "whoever may write a job runs it as its user"),
        Risky("/etc/cron.allow*", Risk.Security, "others may have jobs of their own"),
        Risky("/etc/cron.deny*", Risk.Security, "others may have jobs of their own"),
        Risky("/etc/at.*", Risk.Security, "others may have jobs of their own"),
        Risky("/var/spool/cron/*", Risk.Security, "a job of a user's own runs with that user's rights"),
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
