using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Relustre.Facts;

namespace Relustre.Restore;

/// <summary>Everything that a restore will do, as data: printed, hashed, stored, and executed as it was printed.</summary>
public sealed record RestorePlan
{
    public const int CurrentSchema = 1;

    public int Schema { get; init; } = CurrentSchema;

    public required string Host { get; init; }

    /// <summary>The snapshot that is brought back.</summary>
    public required string Snapshot { get; init; }

    public required DateTimeOffset SnapshotTime { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    public required Platform Platform { get; init; }

    public required IReadOnlyList<PlannedStep> Steps { get; init; }

    /// <summary>The servers of a pair that is recovered as a whole, in the order in which they come back; none: it is about one server.</summary>
    public IReadOnlyList<RecoveredServer> Servers { get; init; } = [];

    /// <summary>The age of the CIB that is brought back; null: none is.</summary>
    public CibAge? Cib { get; init; }

    /// <summary>By this a recovery knows the CIB that it has brought in itself.</summary>
    [JsonIgnore]
    public string CibMark => Snapshot.Length > 16 ? Snapshot[..16] : Snapshot;

    /// <summary>What was asked for; a second look asks for the same.</summary>
    public RestoreWish Wish { get; init; } = new();

    /// <summary>The same for one of the servers of a pair, of whose cards nobody else's are.</summary>
    public RestoreWish WishOf(string server) => Servers.FirstOrDefault(one => one.Host == server) is { } recovered ? Wish with { Macs = recovered.Macs } : Wish;

    /// <summary>Components that agree already, so that nothing of them is touched.</summary>
    public IReadOnlyList<string> Agreeing { get; init; } = [];

    /// <summary>Network cards of which somebody must say what becomes of them; <see cref="Gates.CardsConfirmed"/> waits for that.</summary>
    public IReadOnlyList<CardToConfirm> Cards { get; init; } = [];

    /// <summary>What needs a person, in the order in which it comes up.</summary>
    public IReadOnlyList<string> ForPeople { get; init; } = [];

    /// <summary>The same for the same steps on the same server from the same snapshot, whenever they were planned: 64 hexadecimal digits.</summary>
    [JsonIgnore]
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this with { MadeAt = default }, RestoreJson.Default.RestorePlan)));
}
