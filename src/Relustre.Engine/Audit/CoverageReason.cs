using System.Text.Json.Serialization;

namespace Relustre.Audit;

/// <summary>Why something is in use on a server though no package brought it so.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CoverageReason>))]
public enum CoverageReason
{
    /// <summary>It is not what its package installed.</summary>
    [JsonStringEnumMemberName("changed")]
    Changed,

    /// <summary>No package has it.</summary>
    [JsonStringEnumMemberName("unpackaged")]
    Unpackaged,

    /// <summary>An enabled unit is made of it or runs it, and no package has it.</summary>
    [JsonStringEnumMemberName("unit")]
    Unit,

    /// <summary>It is mounted, and nothing says that it should be after the next start.</summary>
    [JsonStringEnumMemberName("mount")]
    Mount,
}
