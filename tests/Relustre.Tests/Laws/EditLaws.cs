using System.Text;

namespace Relustre.Tests.Laws;

/// <summary>What holds for every line of every recorded file and answer, when somebody edits it.</summary>
public class EditLaws
{
    // Comments of these are data, or there are none.
    private static readonly Format[] WithoutComments = [Format.Opaque, Format.Json, Format.Cib, Format.XmlText, Format.SingleValue, Format.KernelArguments, Format.LoginKeys];

    // A line of these is one setting, or none.
    private static readonly HashSet<Format> LineByLine =
    [
        Format.Anacron, Format.Assignments, Format.Chkconfig, Format.Cmap, Format.Colons, Format.Crontab, Format.DnfOrigins, Format.FirewallRules, Format.Fstab,
        Format.Groups, Format.HostKeys, Format.Items, Format.KeyedByTwo, Format.Ldev, Format.Limits, Format.Lines, Format.LoginKeys, Format.LustreMounts,
        Format.NamedRules, Format.Nids, Format.Options, Format.PamRules, Format.Properties, Format.Rules, Format.Sudoers, Format.UnitFiles, Format.UserCrontab, Format.YumOrigins,
    ];

    // The order of their lines is theirs.
    private static readonly HashSet<Format> Ordered = [Format.FirewallRules, Format.NamedRules, Format.PamRules, Format.Rules, Format.Sudoers];

    public static TheoryData<string> Recordings => RecordedHost.All;

    [Theory, MemberData(nameof(Recordings))]
    public void A_reformatted_file_is_no_difference(string recording)
    {
        var host = RecordedHost.Open(recording);

        foreach (var file in host.State.Files.Where(file => IsText(host, file)))
        {
            var hasComments = !WithoutComments.Contains(FormatOf(host, file));
            var lines = file.Text.TrimEnd('\n').Split('\n').Select(line => line.EndsWith('\\') ? line : line + " \t\r");
            var edited = string.Join('\n', lines) + "\n\n" + (hasComments ? "# looked at by hand\n" : "");

            Assert.Empty(host.Component.Compare(host.State, With(host.State, file, edited)));
        }
    }

    [Theory, MemberData(nameof(Recordings))]
    public void A_line_that_is_gone_is_one_difference(string recording) =>
        EachLine(recording, (host, edit) => Assert.Single(Differences(host, edit.Without())));

    [Theory, MemberData(nameof(Recordings))]
    public void A_line_that_has_come_is_one_difference(string recording) =>
        EachLine(recording, (host, edit) => Assert.Single(host.Component.Compare(edit.Without(), host.State)));

    [Theory, MemberData(nameof(Recordings))]
    public void A_line_that_is_changed_is_one_difference_or_a_members_coming_and_going(string recording) =>
        EachLine(recording, (host, edit) =>
        {
            if (edit.Changed(host) is not { } changed)
                return;
            var differences = Differences(host, changed);

            Assert.InRange(differences.Count, 1, 2);
            Assert.True(differences.Count == 1 || (differences.Any(difference => difference.Found is null) && differences.Any(difference => difference.Wanted is null)));
        });

    [Theory, MemberData(nameof(Recordings))]
    public void The_order_of_lines_counts_where_it_has_a_meaning_and_nowhere_else(string recording) =>
        EachLine(recording, (host, edit) =>
        {
            var differences = Differences(host, edit.Swapped());

            Assert.InRange(differences.Count, 0, 1);
            Assert.All(differences, difference => Assert.True(difference.IsMoved && edit.MayHaveOrder));
            Assert.True(differences.Count == 1 || !edit.MustHaveOrder);
        });

    private static IReadOnlyList<Difference> Differences(RecordedHost host, ComponentState found) => host.Component.Compare(host.State, found);

    /// <summary>Every line that says something which is not noise; of a long text only some.</summary>
    private static void EachLine(string recording, Action<RecordedHost, Edit> law)
    {
        var host = RecordedHost.Open(recording);
        foreach (var edit in Edits(host))
            if (edit.SaysSomething(host))
                law(host, edit);
    }

    private static IEnumerable<Edit> Edits(RecordedHost host) =>
    [
        .. from file in host.State.Files
           where IsText(host, file) && LineByLine.Contains(FormatOf(host, file))
           from at in LinesOf(file.Text)
           select new Edit(file.Text, at, Ordered.Contains(FormatOf(host, file)) || host.Component.SourceOf(file)!.IsOrdered, text => With(host.State, file, text)),
        .. from tool in host.State.Tools
           where tool.Outcome == ToolOutcome.Answered
           let source = host.Component.Sources.OfType<Source.Tool>().First(source => source.Name == tool.Name)
           where LineByLine.Contains(source.Format)
           from at in LinesOf(tool.Text)
           select new Edit(tool.Text, at, Ordered.Contains(source.Format), text => With(host.State, tool, text)),
    ];

    private static IEnumerable<int> LinesOf(string text)
    {
        var lines = text.Split('\n');
        var step = Math.Max(1, lines.Length / 12);
        return from at in Enumerable.Range(0, lines.Length)
               where at % step == 0 && lines[at].Trim() is { Length: > 0 } line && line[0] is not ('#' or ';' or '*') && !line.EndsWith('\\') && (at == 0 || !lines[at - 1].EndsWith('\\'))
               select at;
    }

    private static bool IsText(RecordedHost host, CapturedFile file) => file.Kind == FileKind.File && FormatOf(host, file) != Format.Opaque && !file.Content.Span.Contains((byte)0);

    private static Format FormatOf(RecordedHost host, CapturedFile file) => host.Component.SourceOf(file)!.Format;

    private static ComponentState With(ComponentState state, CapturedFile file, string text) =>
        state with { Files = [.. state.Files.Select(other => other == file ? file with { Content = Encoding.UTF8.GetBytes(text) } : other)] };

    private static ComponentState With(ComponentState state, ToolOutput tool, string text) =>
        state with { Tools = [.. state.Tools.Select(other => other == tool ? tool with { Output = Encoding.UTF8.GetBytes(text) } : other)] };

    private sealed record Edit(string Text, int At, bool MayHaveOrder, Func<string, ComponentState> Put)
    {
        private readonly string[] lines = Text.Split('\n');

        /// <summary>The next line is another one of the same list.</summary>
        public bool MustHaveOrder => MayHaveOrder && At + 1 < lines.Length && lines[At + 1].Trim() is { Length: > 0 } next && next[0] is not '#'
            && !next.EndsWith('\\') && next != lines[At].Trim() && Start(next) == Start(lines[At].Trim());

        public bool SaysSomething(RecordedHost host) => Said(host) is not null;

        public ComponentState Without() => Put(string.Join('\n', [.. lines[..At], .. lines[(At + 1)..]]));

        /// <summary>With another value on this line; null: the value does not stand in it as it is.</summary>
        public ComponentState? Changed(RecordedHost host)
        {
            var said = Said(host)!.Value;
            var name = said.Key.Split(' ')[^1];
            var word = said.Value == "there" ? name : said.Value.Split(' ')[0];
            return Changed(lines[At], word, name) is { } line ? Put(string.Join('\n', [.. lines[..At], line, .. lines[(At + 1)..]])) : null;
        }

        // As a word of its own where it is one, else after the name.
        private static string? Changed(string line, string word, string name)
        {
            var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            var own = Array.IndexOf(words, word, Math.Min(word == name ? 0 : 1, words.Length - 1));
            if (word.Length > 0 && own >= 0)
                return string.Join(' ', [.. words[..own], words[own] + "7", .. words[(own + 1)..]]);
            var start = word != name && line.IndexOf(name, StringComparison.Ordinal) is >= 0 and var at ? at + name.Length : 0;
            return word.Length > 0 && line.IndexOf(word, start, StringComparison.Ordinal) is >= 0 and var place ? line.Insert(place + word.Length, "7") : null;
        }

        // Rules of a chain or a stack begin alike; where all are one list, this asks for less than there is.
        private static string Start(string line) => string.Join(' ', line.Split(' ', '\t').Take(line.StartsWith("-A", StringComparison.Ordinal) ? 2 : 1));

        // What is not there any more without the line, and would be missed.
        private Setting? Said(RecordedHost host)
        {
            var rest = host.Component.Read(Without()).ToLookup(setting => setting);
            return host.Component.Read(host.State).GroupBy(setting => setting)
                .Where(same => rest[same.Key].Count() < same.Count() && host.Component.RuleOf(same.Key.Key).Meaning != KeyMeaning.Noise)
                .Select(same => (Setting?)same.Key).FirstOrDefault();
        }

        public ComponentState Swapped() => At + 1 >= lines.Length || lines[At + 1].EndsWith('\\') ? Put(Text) : Put(string.Join('\n', [.. lines[..At], lines[At + 1], lines[At], .. lines[(At + 2)..]]));
    }
}
