using Relustre.Facts;

namespace Relustre.Tests.Laws;

/// <summary>What holds for a whole server, all components of it together, when one thing on it is changed: that is found, once, where it belongs.</summary>
public class WholeServerLaws
{
    // Of each file and answer so many settings are changed, spread over it.
    private const int Edits = 5;

    public static TheoryData<int> Servers => new(Enumerable.Range(0, WholeServer.Count));

    [Theory, MemberData(nameof(Servers))]
    public void A_server_does_not_differ_from_itself(int number) => Assert.Empty(WholeServer.Open(number).Compare(WholeServer.Open(number)));

    [Theory, MemberData(nameof(Servers))]
    public void One_changed_setting_is_one_finding_in_its_component(int number)
    {
        var server = WholeServer.Open(number);
        var edits = (
            from one in server.Texts()
            from setting in Editable(server, one.Component, one.Place, one.Text)
            select (Wanted: $"{one.Component.Name}, {setting.Key}", Found: Told(server.Compare(one.Put(Changed(one.Text, setting.Value)))))).ToList();

        Assert.True(edits.Count > 100, $"only {edits.Count} settings could be changed");
        Assert.DoesNotContain(edits, edit => edit.Found != edit.Wanted);
    }

    [Theory, MemberData(nameof(Servers))]
    public void One_file_that_is_gone_or_has_another_mode_is_one_finding_in_its_component(int number)
    {
        var server = WholeServer.Open(number);

        foreach (var file in server.Files.Where(file => file.Kind != FileKind.Symlink))
        {
            var owner = WholeServer.OwnersOf(file.Path).Single();

            if (owner.RuleOf($"{file.Path}: (mode)").Meaning == KeyMeaning.Noise)
                continue;
            Assert.Equal($"{owner.Name}, {file.Path}: (mode)", Told(server.Compare(server.With(file, file with { Mode = file.Mode ^ 2 }))));
            // What stands in a file of the agent's store, or in the newest CIB, is told under other names, and so is that it is gone.
            var gone = server.Compare(server.With(file, null));
            Assert.Equal($"{owner.Name}, {file.Path}", Told([.. gone.Where(difference => difference.Key.StartsWith('/'))]));
            Assert.All(gone, difference => Assert.True(difference.Component == owner.Name && (difference.Key == file.Path || owner.Name == "chroma-agent" || CibReading.IsCib(file))));
        }
    }

    private static string Told(IReadOnlyList<Difference> differences) => string.Join("; ", differences.Select(difference => $"{difference.Component}, {difference.Key}"));

    // What stands in the text once, as it is, and would be missed. What is a part of another's name (a link's target, a ring's number) is more than one setting.
    private static IEnumerable<Setting> Editable(WholeServer server, Component component, string place, string text)
    {
        var state = server.StateOf(component);
        var all = component.Read(state).ToList();
        var isCib = component.Name == "pacemaker" && CibReading.Newest(state)?.Text == text;
        var settings = all
            .Where(setting => (setting.Place == place || (isCib && setting.Key.StartsWith("cib ", StringComparison.Ordinal))) && setting.Value.Length > 2
                && component.RuleOf(setting.Key).Meaning != KeyMeaning.Noise && IsOnce(text, setting.Value)).ToList();
        settings.RemoveAll(setting => all.Any(other => other.Key.Contains(setting.Value, StringComparison.Ordinal)));
        return settings.Where((_, at) => at % Math.Max(1, settings.Count / Edits) == 0);
    }

    private static bool IsOnce(string text, string value) =>
        text.IndexOf(value, StringComparison.Ordinal) is >= 0 and var first && text.IndexOf(value, first + 1, StringComparison.Ordinal) < 0;

    private static string Changed(string text, string value) => text.Insert(text.IndexOf(value, StringComparison.Ordinal) + 1, "7");
}
