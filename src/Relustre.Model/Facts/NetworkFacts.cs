namespace Relustre.Facts;

/// <summary>The server's NICs and what is set on them.</summary>
public sealed record NetworkFacts : ComponentFacts
{
    public enum LinkKind
    {
        Other,
        Ethernet,
        InfiniBand,
        Loopback,
        Bond,
        Bridge,
        Vlan,
    }

    public required IReadOnlyList<Interface> Interfaces { get; init; }

    /// <summary>Routes but those that come with an address.</summary>
    public required IReadOnlyList<string> Routes { get; init; }

    public required IReadOnlyList<Profile> Profiles { get; init; }

    /// <summary>True: udev gives cards their names by a file that names their addresses; null: it does not.</summary>
    public bool? NamesAreFixed { get; init; }

    public sealed record Interface
    {
        public required string Name { get; init; }

        public LinkKind Kind { get; init; }

        /// <summary>As it is now: a bond gives its members one address. 20 bytes for InfiniBand.</summary>
        public string? Mac { get; init; }

        /// <summary>As the card was made.</summary>
        public string? PermanentMac { get; init; }

        /// <summary>InfiniBand's port GUID: what stays of its address.</summary>
        public string? PortGuid { get; init; }

        /// <summary>As "0000:03:00.0".</summary>
        public string? PciAddress { get; init; }

        public string? Driver { get; init; }

        /// <summary>Bytes.</summary>
        public int? Mtu { get; init; }

        public string? Master { get; init; }

        public string? BondMode { get; init; }

        public IReadOnlyList<string> Slaves { get; init; } = [];

        public int? VlanId { get; init; }

        /// <summary>The interface that a VLAN rides on.</summary>
        public string? Parent { get; init; }

        /// <summary>With prefix lengths.</summary>
        public IReadOnlyList<string> Addresses { get; init; } = [];
    }

    public sealed record Profile
    {
        public required string File { get; init; }

        public string? Device { get; init; }

        public string? Kind { get; init; }

        /// <summary>The card that it insists on: a replaced card does not come up with it.</summary>
        public string? Mac { get; init; }

        public string? Uuid { get; init; }

        /// <summary>static, none, dhcp; NetworkManager's are manual and auto.</summary>
        public string? Method { get; init; }

        public IReadOnlyList<string> Addresses { get; init; } = [];

        public string? Gateway { get; init; }

        public string? Master { get; init; }

        public bool StartsAtBoot { get; init; }
    }
}
