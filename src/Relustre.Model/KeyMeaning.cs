namespace Relustre;

/// <summary>What a setting means beyond its own server.</summary>
public enum KeyMeaning
{
    /// <summary>All nodes of a pair must say the same.</summary>
    Shared,

    /// <summary>Each node has its own.</summary>
    PerHost,

    /// <summary>Each node must have its own: two alike are a fault.</summary>
    Unique,

    /// <summary>It changes by itself and says nothing: never compared.</summary>
    Noise,
}
