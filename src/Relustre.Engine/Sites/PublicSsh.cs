namespace Relustre.Sites;

/// <summary>The SSH component for servers whose private keys are not to leave them (<c>ssh-keys: false</c>).</summary>
internal sealed class PublicSsh(Component whole) : Component(whole.Name, whole.Stage)
{
    public override IReadOnlyList<Source> Sources => [.. whole.Sources.Where(source => !source.IsSecret)];

    /// <summary>Where the private keys lie, for sources that would meet them too.</summary>
    public IReadOnlyList<string> Private =>
    [
        .. from source in whole.Sources.OfType<Source.Files>()
           where source.IsSecret
           select source.Pattern.EndsWith("/**", StringComparison.Ordinal) ? source.Pattern[..^1] : source.Pattern,
    ];

    public override IReadOnlyList<KeyRule> Keys => whole.Keys;

    public override Risk Risk => whole.Risk;

    public override string Why => whole.Why;

    public override KeyMeaning BetweenPartners => whole.BetweenPartners;

    public override IReadOnlyList<Check> Checks(RestoreContext context) => whole.Checks(context);

    public override ComponentFacts? Facts(ComponentState state) => whole.Facts(state);

    /// <summary>Keys of hosts are pairs: without its private key the public one that was is not brought back, and the server keeps its own.</summary>
    public override IReadOnlyList<RestoreStep> Restore(ComponentState wanted, ComponentState found, RestoreContext context) =>
        whole.Restore(WithoutHostKeys(wanted), WithoutHostKeys(found), context);

    public override IEnumerable<string> ForPeople(ComponentState wanted, ComponentState found, RestoreContext context)
    {
        var mine = found.Files.Where(IsHostKey).ToDictionary(file => file.Path, file => file.Text);
        return wanted.Files.Where(IsHostKey).All(file => mine.GetValueOrDefault(file.Path) == file.Text)
            ? []
            : ["the server keeps its new host keys, since the private ones were not backed up (ssh-keys: false): whoever knows the old ones must forget them"];
    }

    private static ComponentState WithoutHostKeys(ComponentState state) => state with { Files = [.. state.Files.Where(file => !IsHostKey(file))] };

    private static bool IsHostKey(CapturedFile file) => file.Path.StartsWith("/etc/ssh/ssh_host_", StringComparison.Ordinal);
}
