using System.Text.Json.Serialization;

namespace Relustre;

/// <summary>How facts are written into a snapshot and read from it.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    WriteIndented = true,
    NewLine = "\n")]
[JsonSerializable(typeof(ComponentFacts))]
public sealed partial class FactsJson : JsonSerializerContext;
