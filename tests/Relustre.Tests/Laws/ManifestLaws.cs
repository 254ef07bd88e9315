using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Relustre.Snapshots;

namespace Relustre.Tests.Laws;

/// <summary>docs/manifest.md is what others build on: it tells of every fact there is.</summary>
public class ManifestLaws
{
    private static readonly string Manual = File.ReadAllText(Path.Combine(RecordedHost.Captured, "../../../docs/manifest.md"));

    private static readonly IReadOnlyList<JsonDerivedTypeAttribute> Facts =
        [.. typeof(ComponentFacts).GetCustomAttributes<JsonDerivedTypeAttribute>()];

    public static TheoryData<string> Names => new(Facts.Select(facts => (string)facts.TypeDiscriminator!));

    [Fact]
    public void Facts_are_named_like_their_components()
    {
        var components = Catalogue.BuiltIn.Components.Select(component => component.Name).ToHashSet();

        Assert.All(Facts, facts => Assert.Contains((string)facts.TypeDiscriminator!, components));
    }

    [Theory, MemberData(nameof(Names))]
    public void The_manual_tells_of_every_field(string name) =>
        Tells(name, Facts.Single(facts => (string)facts.TypeDiscriminator! == name).DerivedType);

    [Fact]
    public void The_manual_tells_of_the_manifest_itself() => Tells("manifest.json", typeof(Manifest));

    private static void Tells(string heading, Type type)
    {
        var start = Manual.IndexOf($"\n## {heading}\n", StringComparison.Ordinal);
        Assert.True(start >= 0, $"no section {heading}");
        var next = Manual.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
        var section = next < 0 ? Manual[start..] : Manual[start..next];

        Assert.All(FieldsOf(type), field =>
            Assert.True(section.Contains($"`{field}`", StringComparison.Ordinal) || section.Contains($".{field}`", StringComparison.Ordinal), field));
    }

    // A record's own fields and those of our records in it, alone or in a list.
    private static IEnumerable<string> FieldsOf(Type type) =>
        from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        where property.Name != "EqualityContract"
        let inner = property.PropertyType.GenericTypeArguments is [var one] ? one : property.PropertyType
        let below = inner is { IsEnum: false, Namespace: "Relustre.Facts" or "Relustre.Snapshots" } ? FieldsOf(inner) : []
        from field in below.Prepend(JsonNamingPolicy.CamelCase.ConvertName(property.Name))
        select field;
}
