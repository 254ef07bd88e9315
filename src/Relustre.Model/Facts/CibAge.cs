namespace Relustre.Facts;

/// <summary>How old a CIB is: by these three, in this order, Pacemaker itself tells the newer copy.</summary>
public readonly record struct CibAge(long Admin, long Epoch, long Updates) : IComparable<CibAge>
{
    public int CompareTo(CibAge other) => (Admin, Epoch, Updates).CompareTo((other.Admin, other.Epoch, other.Updates));

    public static bool operator <(CibAge left, CibAge right) => left.CompareTo(right) < 0;

    public static bool operator >(CibAge left, CibAge right) => left.CompareTo(right) > 0;

    public static bool operator <=(CibAge left, CibAge right) => left.CompareTo(right) <= 0;

    public static bool operator >=(CibAge left, CibAge right) => left.CompareTo(right) >= 0;

    public override string ToString() => $"{Admin}.{Epoch}.{Updates}";
}
