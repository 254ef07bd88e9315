using System.Globalization;
using Relustre.Bench;

// Makes what a benchmark needs and no verb of the product does. The scripts beside this folder call it and do the timing.
switch (args)
{
    case ["long-history", var folder, var passwordFile, var hosts, var snapshots]:
        var history = new LongHistory(int.Parse(hosts, CultureInfo.InvariantCulture), int.Parse(snapshots, CultureInfo.InvariantCulture));
        await history.WriteAsync(folder, (await File.ReadAllTextAsync(passwordFile)).Trim(), CancellationToken.None);
        return 0;
    case ["cib", var bytes, var oldPath, var newPath]:
        var (older, newer) = LargeCib.OfSize(int.Parse(bytes, CultureInfo.InvariantCulture));
        await File.WriteAllTextAsync(oldPath, older);
        await File.WriteAllTextAsync(newPath, newer);
        return 0;
    case ["cib-compare", var wanted, var found]:
        CibComparison.Run(wanted, found, Console.Out);
        return 0;
    default:
        Console.Error.WriteLine("usage: Relustre.Bench long-history VAULT PASSWORD-FILE HOSTS SNAPSHOTS-A-HOST | cib BYTES OLD NEW | cib-compare OLD NEW");
        return 2;
}
