using System.Text.Json.Serialization;

namespace Relustre;

/// <summary>What a difference puts at risk, from harmless to the worst.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Risk>))]
public enum Risk
{
    /// <summary>Looks different and works the same.</summary>
    [JsonStringEnumMemberName("cosmetic")]
    Cosmetic,

    /// <summary>The server behaves differently than it should.</summary>
    [JsonStringEnumMemberName("config")]
    Config,

    /// <summary>Somebody may do what they should not.</summary>
    [JsonStringEnumMemberName("security")]
    Security,

    /// <summary>This server could not be rebuilt, or not as it is.</summary>
    [JsonStringEnumMemberName("recovery-at-risk")]
    RecoveryAtRisk,

    /// <summary>When one node of the pair dies, the other will not take over.</summary>
    [JsonStringEnumMemberName("failover-at-risk")]
    FailoverAtRisk,

    /// <summary>A target could be active on two nodes at once, or be destroyed.</summary>
    [JsonStringEnumMemberName("data-at-risk")]
    DataAtRisk,
}
