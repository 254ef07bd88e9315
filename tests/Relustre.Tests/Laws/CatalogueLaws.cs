using System.Text.RegularExpressions;

namespace Relustre.Tests.Laws;

/// <summary>What holds for every component, whatever a server has of it.</summary>
public partial class CatalogueLaws
{
    private static readonly IReadOnlyList<Component> Components = Catalogue.BuiltIn.Components;

    public static TheoryData<string> Names => new(Components.Select(component => component.Name));

    [Fact]
    public void Every_component_class_is_in_the_catalogue()
    {
        var classes = from type in typeof(Component).Assembly.GetTypes()
                      where type.IsSubclassOf(typeof(Component)) && type != typeof(Relustre.Components.SiteFiles)
                      orderby type.Name
                      select type;

        Assert.Equal(classes, Components.Select(component => component.GetType()).OrderBy(type => type.Name));
    }

    [Fact]
    public void A_components_name_is_unique_and_fit_for_a_folder()
    {
        Assert.Equal(Components.Select(component => component.Name).Distinct(), Components.Select(component => component.Name));
        Assert.All(Components, component => Assert.Matches(FolderName, component.Name));
    }

    [Theory, MemberData(nameof(Names))]
    public void A_component_has_recordings(string name) =>
        Assert.Contains(RecordedHost.Names, recording => recording.StartsWith($"{name}/", StringComparison.Ordinal));

    [Theory, MemberData(nameof(Names))]
    public void Paths_are_absolute_and_canonical(string name) =>
        Assert.All(FilesOf(name), source =>
        {
            Assert.Null(PathPattern.Fault(source.Pattern));
            Assert.All(source.Except, except => Assert.Matches(@"^[/*]", except));
        });

    [Fact]
    public void Whoever_says_that_it_tells_facts_tells_some() =>
        Assert.All(typeof(Component).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Component))), type =>
        {
            var component = Components.FirstOrDefault(component => component.GetType() == type) ?? new Relustre.Components.SiteFiles([]);
            Assert.Equal(type.GetMethod(nameof(Component.Facts))!.DeclaringType != typeof(Component), component.TellsFacts);
        });

    [Fact]
    public void No_two_components_claim_the_same_path()
    {
        var claims = from component in Components
                     from source in component.Sources.OfType<Source.Files>()
                     group component.Name by source.Pattern into claim
                     where claim.Count() > 1
                     select $"{claim.Key}: {string.Join(", ", claim)}";

        Assert.Empty(claims);
    }

    [Theory, MemberData(nameof(Names))]
    public void Tools_have_names_fit_for_files_and_commands_fit_for_the_collectors_text(string name)
    {
        var tools = Catalogued(name).Sources.OfType<Source.Tool>().ToList();

        Assert.Equal(tools.Select(tool => tool.Name).Distinct(), tools.Select(tool => tool.Name));
        Assert.All(tools, tool =>
        {
            Assert.Matches(FolderName, tool.Name);
            Assert.DoesNotContain('\n', tool.Filter ?? "");
            // What takes several lines is set in, so that it is told from the collector's own.
            Assert.All(tool.Command.Split('\n').Skip(1), line => Assert.StartsWith("        ", line, StringComparison.Ordinal));
            Assert.All(tool.Needs.Split(' '), need => Assert.Matches("^([a-z][a-z0-9_-]*|/[a-z0-9/_.-]+)$", need));
            Assert.DoesNotContain(tool.Needs.Split(' ')[0], (string[])["if", "for", "test"]);
            Assert.InRange(tool.TimeLimit, 1, 120);
            Assert.Equal(tool.WorksOnTree, tool.Command.Contains("$root", StringComparison.Ordinal) || tool.Command.Contains("${root", StringComparison.Ordinal));
        });
    }

    [Theory, MemberData(nameof(Names))]
    public void A_server_that_has_nothing_of_it_is_no_trouble(string name)
    {
        Assert.Empty(Catalogued(name).Read(ComponentState.Empty));
        Catalogued(name).Facts(ComponentState.Empty);
    }

    private static Component Catalogued(string name) => Components.Single(component => component.Name == name);

    private static IEnumerable<Source.Files> FilesOf(string name) => Catalogued(name).Sources.OfType<Source.Files>();

    [GeneratedRegex("^[a-z0-9][a-z0-9.-]*$")]
    private static partial Regex FolderName { get; }
}
