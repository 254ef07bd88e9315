using System.Collections.Immutable;

namespace Relustre.Tests.Laws;

/// <summary>A word that means nothing to any format, with numbers.</summary>
internal sealed record Entry(string Name, ImmutableList<int> Values)
{
    public int this[int at] => Values[at];

    public Entry With(int at, int value) => this with { Values = Values.SetItem(at, value) };
}
