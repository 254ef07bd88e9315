namespace Relustre.Tests.Capture;

/// <summary>A component of the tests' own, so that they do not change with the catalogue.</summary>
internal sealed class SampleComponent(params IReadOnlyList<Source> sources) : Component("sample", RestoreStage.Platform)
{
    public override IReadOnlyList<Source> Sources => sources;

    public static Catalogue Catalogue(params IReadOnlyList<Source> sources) => new([new SampleComponent(sources)]);
}
