namespace Relustre.Vault;

/// <summary>A device's major and minor number in the one 64-bit number that Linux's C library makes of them.</summary>
public static class DeviceNumber
{
    public static ulong From(uint major, uint minor) =>
        (minor & 0xffUL) | ((major & 0xfffUL) << 8) | ((minor & ~0xffUL) << 12) | ((major & ~0xfffUL) << 32);

    public static (uint Major, uint Minor) Split(ulong device) => (
        (uint)(((device >> 8) & 0xfff) | ((device >> 32) & ~0xfffUL)),
        (uint)((device & 0xff) | ((device >> 12) & ~0xffUL)));
}
