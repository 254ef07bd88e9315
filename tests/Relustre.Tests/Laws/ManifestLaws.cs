using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

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
    public void The_manual_tells_of_every_field(string name)
    {
        var heading = Manual.IndexOf($"\n## {name}\n", StringComparison.Ordinal);
        Assert.True(heading >= 0, $"no section {name}");
        var next = Manual.IndexOf("\n## ", heading + 1, StringComparison.Ordinal);
        var section = next < 0 ? Manual[heading..] : Manual[heading..next];

        Assert.All(FieldsOf(Facts.Single(facts => (string)facts.TypeDiscriminator! == name).DerivedType), field =>
            Assert.True(section.Contains($"`{field}`", StringComparison.Ordinal) || section.Contains($".{field}`", StringComparison.Ordinal), field));
    }

    // The facts' own fields and those of the records nested in them.
    private static IEnumerable<string> FieldsOf(Type type) =>
        from record in type.GetNestedTypes().Where(nested => !nested.IsEnum).Prepend(type)
        from property in record.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        where property.Name != "EqualityContract"
        select JsonNamingPolicy.CamelCase.ConvertName(property.Name);
}
