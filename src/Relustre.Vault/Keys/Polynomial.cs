using System.Numerics;
using System.Security.Cryptography;

namespace Relustre.Vault.Keys;

/// <summary>
/// Finds the irreducible polynomial over GF(2) that restic wants in every config. Our own pieces are cut at fixed
/// lengths and never use it, but restic refuses a vault without a good one.
/// </summary>
internal static class Polynomial
{
    private const int Degree = 53;

    /// <summary>A polynomial's bits are its coefficients.</summary>
    public static ulong RandomIrreducible()
    {
        Span<byte> bytes = stackalloc byte[8];
        while (true)
        {
            RandomNumberGenerator.Fill(bytes);
            var candidate = (BitConverter.ToUInt64(bytes) & ((1UL << Degree) - 1)) | (1UL << Degree) | 1;
            if (IsIrreducible(candidate))
                return candidate;
        }
    }

    // Ben-Or's test: no factor of degree i divides when x^(2^i) - x has nothing in common with the polynomial.
    public static bool IsIrreducible(ulong polynomial)
    {
        var power = 2UL;
        for (var degree = 1; degree <= DegreeOf(polynomial) / 2; degree++)
        {
            power = MultiplyModulo(power, power, polynomial);
            if (GreatestCommonDivisor(polynomial, power ^ 2) != 1)
                return false;
        }

        return DegreeOf(polynomial) > 0;
    }

    private static int DegreeOf(ulong polynomial) => 63 - BitOperations.LeadingZeroCount(polynomial);

    private static ulong MultiplyModulo(ulong left, ulong right, ulong modulus)
    {
        var product = 0UL;
        for (; right != 0; right >>= 1)
        {
            if ((right & 1) != 0)
                product ^= left;
            left <<= 1;
            if (DegreeOf(left) == DegreeOf(modulus))
                left ^= modulus;
        }

        return product;
    }

    private static ulong GreatestCommonDivisor(ulong left, ulong right)
    {
        while (right != 0)
            (left, right) = (right, Modulo(left, right));
        return left;
    }

    private static ulong Modulo(ulong left, ulong right)
    {
        while (left != 0 && DegreeOf(left) >= DegreeOf(right))
            left ^= right << (DegreeOf(left) - DegreeOf(right));
        return left;
    }
}
