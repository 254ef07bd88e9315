using System.Text.Json.Serialization;

namespace Relustre.Audit;

/// <summary>What was decided.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DecisionKind>))]
public enum DecisionKind
{
    /// <summary>A snapshot is a host's baseline from now on.</summary>
    [JsonStringEnumMemberName("accepted-snapshot")]
    AcceptedSnapshot,

    /// <summary>One finding is how the host is wanted.</summary>
    [JsonStringEnumMemberName("accepted-finding")]
    AcceptedFinding,

    /// <summary>A finding is known and passed over for a time.</summary>
    [JsonStringEnumMemberName("waived")]
    Waived,

    /// <summary>A waiver counts no longer.</summary>
    [JsonStringEnumMemberName("waiver-removed")]
    WaiverRemoved,
}
