namespace Relustre.Tests.Laws;

/// <summary>What holds for every component's account of what its settings mean.</summary>
public class MeaningLaws
{
    public static TheoryData<string> Names => CatalogueLaws.Names;

    [Theory, MemberData(nameof(Names))]
    public void Every_component_says_why_a_difference_matters(string name)
    {
        var component = Catalogued(name);

        Assert.NotEqual(new Nothing().Why, component.Why);
        Assert.All(component.Keys.Select(rule => rule.Why).OfType<string>().Append(component.Why), why =>
        {
            Assert.InRange(why.Length, 10, 220);
            Assert.DoesNotMatch("[.!]$|\\n|  ", why);
        });
    }

    [Theory, MemberData(nameof(Names))]
    public void No_rule_stands_where_an_earlier_one_takes_all_that_it_matches(string name)
    {
        var rules = Catalogued(name).Keys;

        Assert.All(rules.Index(), rule => Assert.DoesNotContain(rules.Take(rule.Index), earlier => earlier.Matches(rule.Item.Pattern)));
    }

    [Theory, MemberData(nameof(Names))]
    public void A_rule_that_weighs_a_difference_says_why(string name) =>
        Assert.All(Catalogued(name).Keys.Where(rule => rule.Risk is not null), rule => Assert.NotNull(rule.Why));

    // A tool whose answer has no settings could say anything: no change of it would be a difference.
    [Theory, MemberData(nameof(Names))]
    public void Every_tools_answer_is_read(string name) =>
        Assert.All(Catalogued(name).Sources.OfType<Source.Tool>(), tool => Assert.NotSame(Format.Opaque, tool.Format));

    private static Component Catalogued(string name) => Catalogue.BuiltIn.Components.Single(component => component.Name == name);

    private sealed class Nothing() : Component("nothing", RestoreStage.Access)
    {
        public override IReadOnlyList<Source> Sources => [];
    }
}
