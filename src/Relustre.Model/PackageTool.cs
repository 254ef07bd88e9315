using System.Text.Json.Serialization;

namespace Relustre;

/// <summary>What installs packages on a server.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PackageTool>))]
public enum PackageTool
{
    Yum,
    Dnf,
    Apt,
}
