using Relustre.Facts;
using Relustre.Steps;

namespace Relustre.Components;

/// <summary>
/// The folders on which targets are mounted. Which target belongs on which one is known to others (IML's store, the CIB,
/// ldev.conf, fstab): <see cref="TargetMounts"/> puts it together.
/// </summary>
internal sealed class MountPoints() : Component("mount-points", RestoreStage.Resources)
{
    public override IReadOnlyList<Source> Sources =>
    [
        // Names alone: what a mounted target's root looks like is its own affair.
        new Source.Tool("folders.txt", @"find / -xdev -maxdepth 3 ! -path / ! -path '/mnt*' ! -path '/lustre*' -prune -o -type d -path '/*/*' -printf '%p\n'")
        {
            Format = Format.Items,
            Filter = "LC_ALL=C sort",
        },
    ];

    public override Risk Risk => Risk.FailoverAtRisk;

    public override string Why => "a target is mounted only where its folder is, on whichever node";

    public override KeyMeaning BetweenPartners => KeyMeaning.Shared;

    // What stands in the way of a target's folder is not removed: a target may be mounted below it.
    protected override IEnumerable<RestoreStep> Change(
        ComponentState wanted, ComponentState found, IReadOnlyList<Difference> differences, RestoreContext context) =>
        from folder in (Facts(wanted) as MountPointsFacts)?.Folders.Except((Facts(found) as MountPointsFacts)?.Folders ?? []) ?? []
        select new MakeFolder(new CapturedFile { Path = folder, Kind = FileKind.Directory, Mode = 0x1ED });

    public override ComponentFacts? Facts(ComponentState state) =>
        state.Said("folders.txt")?.Split('\n', StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } folders
            ? new MountPointsFacts { Folders = folders }
            : null;
}
