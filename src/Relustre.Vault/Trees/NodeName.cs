namespace Relustre.Vault.Trees;

/// <summary>What a name in a listing may be. Anything else would lead a restore out of its folder.</summary>
internal static class NodeName
{
    public static bool IsValid(ReadOnlySpan<byte> name) =>
        !name.IsEmpty && !name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8) && !name.ContainsAny((byte)'/', (byte)0);
}
