using System.Text.Json.Serialization;

namespace Relustre.Facts;

/// <summary>The four ways in which IML kept its state on a server.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ImlEra>))]
public enum ImlEra
{
    /// <summary>2013, EL6: flat files in /var/lib/chroma.</summary>
    UpTo20,

    /// <summary>2014 to 2017, EL6: settings and targets in folders.</summary>
    From21To24,

    /// <summary>2016 to 2019, EL7 with pcs and Corosync 2.</summary>
    From30To40,

    /// <summary>2019 to 2020, EL7: /etc/iml.</summary>
    From50To63,
}
