namespace Relustre.Facts;

/// <summary>The name of a LUN below /dev/mapper. One from multipath.conf wins over one from the bindings.</summary>
public sealed record MultipathAlias(string Alias, string Wwid);
