using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Relustre.Sites;

/// <summary>
/// Reads one YAML document with positions. What a site never needs and a bomb does (anchors, aliases, deep nesting) is a
/// problem; so reading costs no more than the text is long.
/// </summary>
internal sealed class YamlText
{
    private const int Deepest = 8;

    private readonly Parser parser;

    private YamlText(string text) => parser = new Parser(new StringReader(text));

    /// <summary>The document; null: it is empty or only comments.</summary>
    /// <exception cref="YamlProblemException">It is no YAML that we read.</exception>
    public static YamlValue? Read(string text)
    {
        try
        {
            return new YamlText(text).Document();
        }
        catch (YamlException broken) when (broken is not YamlProblemException)
        {
            throw new YamlProblemException(broken.Start, $"this is no YAML: {Plain(broken)}");
        }
    }

    private YamlValue? Document()
    {
        Next<StreamStart>();
        if (Next() is StreamEnd)
            return null;
        var document = Value(Next(), depth: 0);
        Next<DocumentEnd>();
        if (Next() is DocumentStart second)
            throw new YamlProblemException(second.Start, "a second document ('---'); a site is one");
        return document;
    }

    private YamlValue Value(ParsingEvent at, int depth)
    {
        if (depth > Deepest)
            throw new YamlProblemException(at.Start, $"nested deeper than {Deepest} levels");
        if (at is NodeEvent { Anchor.IsEmpty: false })
            throw new YamlProblemException(at.Start, "an anchor ('&'); write the value out");
        return at switch
        {
            Scalar scalar => new YamlValue.Text(
                YamlSpot.Of(scalar.Start), YamlSpot.Of(scalar.End), scalar.Value, scalar.Style == ScalarStyle.Plain),
            SequenceStart list => List(list, depth),
            MappingStart map => Map(map, depth),
            AnchorAlias => throw new YamlProblemException(at.Start, "an alias ('*'); write the value out, or quote it if it is a text"),
            _ => throw new YamlProblemException(at.Start, "something was expected here"),
        };
    }

    private YamlValue.List List(SequenceStart start, int depth)
    {
        var items = new List<YamlValue>();
        var at = Next();
        for (; at is not SequenceEnd; at = Next())
            items.Add(Value(at, depth + 1));
        var isFlow = start.Style == SequenceStyle.Flow;
        // A block ends for the parser where the next token starts; for us, behind its last word.
        return new(YamlSpot.Of(start.Start), isFlow || items.Count == 0 ? YamlSpot.Behind(at.Start) : items[^1].End, isFlow, items);
    }

    private YamlValue.Map Map(MappingStart start, int depth)
    {
        var entries = new List<YamlEntry>();
        var at = Next();
        for (; at is not MappingEnd; at = Next())
        {
            if (Value(at, depth + 1) is not YamlValue.Text key)
                throw new YamlProblemException(at.Start, "a key must be one word");
            entries.Add(new(key, Value(Next(), depth + 1)));
        }
        var isFlow = start.Style == MappingStyle.Flow;
        return new(YamlSpot.Of(start.Start), isFlow || entries.Count == 0 ? YamlSpot.Behind(at.Start) : entries[^1].Value.End, entries);
    }

    private ParsingEvent Next()
    {
        var before = parser.Current?.End ?? new Mark(0, 1, 1);
        try
        {
            if (parser.MoveNext())
                return parser.Current!; // MoveNext has just said that there is one.
        }
        catch (Exception confused) when (confused is InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            // On some broken texts the parser loses its own thread instead of saying what is wrong.
            throw new YamlProblemException(before, "this is no YAML from here on");
        }
        throw new YamlProblemException(before, "the text ends too early");
    }

    private void Next<T>()
    {
        var found = Next();
        if (found is not T)
            throw new YamlProblemException(found.Start, "something else was expected here");
    }

    // The parser's messages speak about its own parts; the first sentence is what a person can use.
    private static string Plain(YamlException broken) => broken.Message.Split('\n')[0].TrimEnd('.').Trim();
}
