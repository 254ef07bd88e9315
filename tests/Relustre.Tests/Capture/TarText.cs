using System.Text;

namespace Relustre.Tests.Capture;

/// <summary>Tar archives made by hand, so that they can be wrong in any way.</summary>
internal static class TarText
{
    public static byte[] End => new byte[1024];

    public static byte[] File(string name, string content) => Entry(name, '0', Encoding.UTF8.GetBytes(content));

    public static byte[] Entry(string name, char type, byte[] content, string link = "", string? size = null)
    {
        var header = new byte[512];
        Put(0, name);
        Put(100, "0000644\0");
        Put(108, "0000000\0");
        Put(116, "0000000\0");
        Put(124, (size ?? Convert.ToString(content.Length, 8).PadLeft(11, '0')) + "\0");
        Put(136, "00000000000\0");
        Put(156, type.ToString());
        Put(157, link);
        Put(257, "ustar\0" + "00");
        Sign(header);
        return [.. header, .. content, .. new byte[(512 - content.Length % 512) % 512]];

        void Put(int at, string text) => Encoding.UTF8.GetBytes(text).CopyTo(header, at);
    }

    /// <summary>Makes the checksum of a changed header right again.</summary>
    public static void Sign(byte[] header)
    {
        header.AsSpan(148, 8).Fill((byte)' ');
        var sum = header.AsSpan(0, 512).ToArray().Sum(value => value);
        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(header, 148);
    }

    public static byte[] Pax(params string[] records) =>
        Entry("pax", 'x', Encoding.UTF8.GetBytes(string.Concat(records.Select(Record))));

    // A record's length counts its own digits.
    public static string Record(string text)
    {
        var rest = Encoding.UTF8.GetByteCount(text) + 2;
        var length = rest + $"{rest}".Length;
        return $"{rest + $"{length}".Length} {text}\n";
    }

    /// <summary>The archive of some tools' answers, filled up to tar's own record size.</summary>
    public static byte[] Whole(params byte[][] entries) => Filled(10240, entries);

    /// <summary>The archive of some files, filled up to the record size that they come in.</summary>
    public static byte[] Files(params byte[][] entries) => Filled(Relustre.Capture.ReadingRound.TarRecord, entries);

    private static byte[] Filled(int record, byte[][] entries)
    {
        byte[] all = [.. entries.SelectMany(entry => entry), .. End];
        return [.. all, .. new byte[(record - all.Length % record) % record]];
    }
}
