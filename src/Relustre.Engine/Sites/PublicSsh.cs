namespace Relustre.Sites;

/// <summary>The SSH component for servers whose private keys are not to leave them (<c>ssh-keys: false</c>).</summary>
internal sealed class PublicSsh(Component whole) : Component(whole.Name, whole.Stage)
{
    public override IReadOnlyList<Source> Sources => [.. whole.Sources.Where(source => !source.IsSecret)];

    public override ComponentFacts? Facts(ComponentState state) => whole.Facts(state);
}
