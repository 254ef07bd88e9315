using System.Text.Json.Serialization;

namespace Relustre.Restore;

/// <summary>A plan and its journal as they are stored. They hold what servers' files hold, secrets too.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(RestorePlan))]
[JsonSerializable(typeof(JournalEntry))]
internal sealed partial class RestoreJson : JsonSerializerContext;
