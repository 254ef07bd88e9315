using System.Net;
using System.Text;
using Relustre.Cli.Output;

namespace Relustre.Cli.Reports;

/// <summary>HTML as it grows. What is not markup of ours goes through <see cref="Text"/> alone.</summary>
internal sealed class HtmlText
{
    private readonly StringBuilder html = new();

    /// <summary>Our own markup: never anything that came from elsewhere.</summary>
    public HtmlText Markup(string markup)
    {
        html.Append(markup);
        return this;
    }

    /// <summary>Anything at all, escaped twice: for a reader's eyes, then for the document.</summary>
    public HtmlText Text(string text)
    {
        html.Append(Escaped(text));
        return this;
    }

    /// <summary>An element with nothing but a text in it.</summary>
    public HtmlText Element(string name, string text, string attributes = "") =>
        Markup($"<{name}{(attributes.Length > 0 ? " " + attributes : "")}>").Text(text).Markup($"</{name}>");

    public static string Escaped(string text) => WebUtility.HtmlEncode(Shorten.Line(text, ReportText.LongestValue));

    public override string ToString() => html.ToString();
}
