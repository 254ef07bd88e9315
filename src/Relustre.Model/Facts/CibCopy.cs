using System.Globalization;
using Relustre.Formats;

namespace Relustre.Facts;

/// <summary>One copy of the CIB, from the running cluster or from the disk.</summary>
internal sealed record CibCopy(string Text, bool IsLive)
{
    private readonly (CibElement? Root, bool IsWhole) parsed = CibElement.Parse(Text);

    public CibElement? Root => parsed.Root;

    /// <summary>Whether it could be read to its end, whatever it is.</summary>
    public bool IsReadable => parsed.IsWhole;

    /// <summary>Whether it is a CIB and ends as one.</summary>
    public bool IsWhole => parsed.IsWhole && Root?.Name == "cib";

    /// <summary>By what Pacemaker itself tells the newer copy.</summary>
    public (long Admin, long Epoch, long Updates) Age => (Number("admin_epoch"), Number("epoch"), Number("num_updates"));

    private long Number(string attribute) =>
        long.TryParse(Root?[attribute], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
