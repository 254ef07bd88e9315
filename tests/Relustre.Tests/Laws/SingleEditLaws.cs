using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CsCheck;

namespace Relustre.Tests.Laws;

/// <summary>
/// What holds for a made-up text in every format without blocks, when somebody edits it in one place: what was changed is found once and under its own
/// key, and nothing else is found.
/// </summary>
public class SingleEditLaws
{
    private const int Turns = 60;

    // The whole text is one setting in these: any change is one difference.
    private static readonly Dictionary<string, string> Wholes = new() { ["Opaque"] = "(content)", ["Script"] = "(text)", ["SingleValue"] = "value" };

    // Each has laws of its own: below, or in CibLaws.
    private static readonly string[] Languages = ["Certificate", "Cib", "Uname"];

    private static readonly Gen<IReadOnlyList<Entry>> Entries =
        from count in Gen.Int[2, 6]
        from values in Gen.Int[0, 58].Array[12]
        select (IReadOnlyList<Entry>)[.. Enumerable.Range(0, count).Select(at => new Entry($"nm{(char)('a' + at)}", [values[at * 2], values[(at * 2) + 1]]))];

    public static TheoryData<string> Formats => new(EditedFormat.All.Keys);

    public static TheoryData<string> WholeFormats => new(Wholes.Keys);

    /// <summary>A new format fails here until it says how it is edited.</summary>
    [Fact]
    public void Every_format_that_there_is_has_laws_of_its_edits() => Assert.Equal(
        OneFile.Formats.Keys.Order(StringComparer.Ordinal),
        EditedFormat.All.Keys.Concat(StructureLaws.FormatsOfBlocks).Concat(Wholes.Keys).Concat(Languages).Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Formats))]
    public void Each_changed_value_is_one_difference_under_its_own_key(string format) =>
        Edited(format, (edited, entries, at, seed) =>
        {
            for (var value = 0; value < edited.Values; value++)
            {
                var (was, now) = (entries[at][value], entries[at][value] + 1);

                var difference = Assert.Single(Compare(format, edited.Text(entries), edited.Text(With(entries, at, entries[at].With(value, now)))));

                Assert.Equal(Placed(edited.Keys(entries[at], at)[value]), difference.Key);
                Assert.False(difference.IsMoved);
                Assert.NotEqual(difference.Wanted, difference.Found);
                Assert.Contains(edited.Shown?.Invoke(was) ?? "", difference.ShownWanted);
                Assert.Contains(edited.Shown?.Invoke(now) ?? "", difference.ShownFound);
            }
        });

    [Theory, MemberData(nameof(Formats))]
    public void An_entry_that_is_gone_or_has_come_is_found_once_in_each_of_its_settings(string format) =>
        Edited(format, (edited, entries, chosen, seed) =>
        {
            var at = edited.IsNumbered ? entries.Count - 1 : chosen;
            var (with, without) = (edited.Text(entries), edited.Text([.. entries.Where((_, here) => here != at)]));
            var keys = edited.Keys(entries[at], at).Select(Placed).Order(StringComparer.Ordinal);

            var gone = Compare(format, with, without);
            var come = Compare(format, without, with);

            Assert.Equal(keys, gone.Select(difference => difference.Key).Order(StringComparer.Ordinal));
            Assert.Equal(keys, come.Select(difference => difference.Key).Order(StringComparer.Ordinal));
            Assert.All(gone, difference => Assert.True(difference.Found is null && difference.Wanted is not null));
            Assert.All(come, difference => Assert.True(difference.Wanted is null && difference.Found is not null));
        });

    [Theory, MemberData(nameof(Formats))]
    public void Comments_and_white_space_say_nothing(string format) =>
        Edited(format, (edited, entries, at, seed) => Assert.Empty(Compare(format, edited.Text(entries), Untidy(edited, edited.Text(entries)))));

    [Theory, MemberData(nameof(Formats))]
    public void Order_is_a_difference_where_it_counts_and_nowhere_else(string format) =>
        Edited(format, (edited, entries, chosen, seed) =>
        {
            if (edited.IsNumbered)
                return;
            if (!edited.IsOrdered)
            {
                Assert.Empty(Compare(format, edited.Text(entries), edited.Text([.. Mixed(entries, seed)])));
                return;
            }
            var at = chosen % (entries.Count - 1);
            var swapped = With(With(entries, at, entries[at + 1]), at + 1, entries[at]);

            var difference = Assert.Single(Compare(format, edited.Text(entries), edited.Text(swapped)));

            Assert.True(difference.IsMoved);
            Assert.Contains(difference.Key, new[] { at, at + 1 }.SelectMany(here => edited.Keys(entries[here], here)).Select(Placed));
        });

    [Theory, MemberData(nameof(WholeFormats))]
    public void A_text_that_is_one_value_differs_once_whatever_is_changed(string format) =>
        Gen.Select(Entries, Gen.Int[0, 99]).Sample((entries, chosen) =>
        {
            var lines = entries.Select(entry => $"{entry.Name} v{entry[0]}").ToList();
            var at = chosen % lines.Count;
            foreach (var other in (IEnumerable<string>[])[lines.Index().Select(line => line.Index == at ? line.Item + "7" : line.Item), lines.Where((_, here) => here != at), lines.Append("more")])
                Assert.Equal(Placed(Wholes[format]), Assert.Single(Compare(format, string.Join('\n', lines), string.Join('\n', other))).Key);
            if (format != "Opaque")
                Assert.Empty(Compare(format, string.Join('\n', lines), string.Join(" \t\r\n", lines) + "\n\n"));
            if (format == "Script")
                Assert.Empty(Compare(format, string.Join('\n', lines), string.Join("\n# somebody was here\n\n", lines)));
        }, iter: Turns, threads: 1);

    [Theory]
    [InlineData(0, "system")]
    [InlineData(1, "name")]
    [InlineData(2, "kernel")]
    [InlineData(3, "machine")]
    public void Each_word_of_uname_is_a_setting(int at, string key)
    {
        string[] words = ["Linux", "oss1", "5.14.0-1.el9", "x86_64"];

        Assert.Equal(Placed(key), Assert.Single(Compare("Uname", string.Join(' ', words), string.Join(' ', words.Index().Select(word => word.Index == at ? word.Item + "7" : word.Item)) + " \n")).Key);
    }

    [Fact]
    public void What_is_another_in_a_certificate_is_found_once()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var pem = Pem(key);

        Assert.Empty(Compare("Certificate", pem, $"oss1's\n{pem.Replace("\n", "\r\n", StringComparison.Ordinal)}\n\n"));
        Assert.Equal(Placed("subject"), Assert.Single(Compare("Certificate", pem, Pem(key, subject: "CN=oss2"))).Key);
        Assert.Equal(Placed("issuer"), Assert.Single(Compare("Certificate", pem, Pem(key, issuer: "CN=another"))).Key);
        Assert.Equal(Placed("serial"), Assert.Single(Compare("Certificate", pem, Pem(key, serial: 8))).Key);
        Assert.Equal(Placed("not-after"), Assert.Single(Compare("Certificate", pem, Pem(key, year: 2031))).Key);
        Assert.Equal(Placed("public-key"), Assert.Single(Compare("Certificate", pem, Pem(other))).Key);
        Assert.Equal(5, Compare("Certificate", pem, pem + Pem(other)).Count(difference => difference.Wanted is null && difference.Key.StartsWith(Placed("2. "), StringComparison.Ordinal)));
    }

    private static string Pem(ECDsa key, string subject = "CN=oss1", string issuer = "CN=manager", byte serial = 7, int year = 2030)
    {
        using var signer = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest(subject, key, HashAlgorithmName.SHA256)
            .Create(new X500DistinguishedName(issuer), X509SignatureGenerator.CreateForECDsa(signer), At(2020), At(year), [serial]);
        return certificate.ExportCertificatePem() + "\n";
    }

    private static DateTimeOffset At(int year) => DateTimeOffset.Parse($"{year}-01-02T03:04:05Z", CultureInfo.InvariantCulture);

    private static void Edited(string format, Action<EditedFormat, IReadOnlyList<Entry>, int, int> law) =>
        Gen.Select(Entries, Gen.Int[0, int.MaxValue]).Sample((entries, seed) => law(EditedFormat.All[format], entries, seed % entries.Count, seed), iter: Turns, threads: 1);

    private static IReadOnlyList<Difference> Compare(string format, string wanted, string found) => OneFile.In(format).Compare(wanted, found);

    private static string Placed(string key) => $"{OneFile.Path}: {key}";

    private static IReadOnlyList<Entry> With(IReadOnlyList<Entry> entries, int at, Entry entry) => [.. entries.Select((other, here) => here == at ? entry : other)];

    private static string Untidy(EditedFormat edited, string text) =>
        $"{(edited.HasComments ? "# somebody was here\n" : "")}{text.Replace("\n", " \t\r\n", StringComparison.Ordinal)}\n{(edited.HasComments ? "\n   # and here: password = none\n" : "")}\n";

    // The same in every run: a failure seen once is seen again.
    private static IEnumerable<Entry> Mixed(IEnumerable<Entry> entries, int seed) =>
        entries.Select((entry, at) => (entry, Rank: unchecked((uint)((seed + at + 1) * 2654435761L)))).OrderBy(one => one.Rank).Select(one => one.entry);
}
