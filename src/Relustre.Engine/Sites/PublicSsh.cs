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
}
