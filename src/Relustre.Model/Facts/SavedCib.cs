namespace Relustre.Facts;

/// <summary>The whole CIB that one server's backup has. It holds the passwords by which nodes are fenced.</summary>
/// <param name="Host">Whose backup it is from.</param>
/// <param name="Text">Secret, so it is in no text that this record makes of itself.</param>
public sealed record SavedCib(string Host, CibAge Age, string Text)
{
    /// <summary>The running cluster's, else the newest on disk; null: there is none, or it ends early.</summary>
    public static SavedCib? Of(string host, ComponentState pacemaker) =>
        CibReading.Newest(pacemaker) is { IsWhole: true, Age: var (admin, epoch, updates) } copy
            ? new(host, new CibAge(admin, epoch, updates), copy.Text)
            : null;

    /// <summary>The first of those that are newest; null: there is none.</summary>
    public static SavedCib? Newest(IEnumerable<SavedCib> copies) => copies.OrderByDescending(copy => copy.Age).FirstOrDefault();

    public override string ToString() => $"the CIB {Age} of {Host}";
}
