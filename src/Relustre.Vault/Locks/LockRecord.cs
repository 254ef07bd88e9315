using System.Text.Json;
using Relustre.Vault.Json;

namespace Relustre.Vault.Locks;

/// <summary>What a lock file says: who works here since when, and whether others may too.</summary>
internal sealed record LockRecord
{
    public required DateTimeOffset Time { get; init; }

    public bool Exclusive { get; init; }

    public string HostName { get; init; } = "";

    public string UserName { get; init; } = "";

    public int Process { get; init; }

    public uint UserId { get; init; }

    public uint GroupId { get; init; }

    public byte[] Encode()
    {
        var json = new GoJson();
        GoTime.Write(json.Raw("{\"time\":"u8), GoTime.From(Time));
        json.Raw(Exclusive ? ",\"exclusive\":true,\"hostname\":"u8 : ",\"exclusive\":false,\"hostname\":"u8).Text(HostName)
            .Raw(",\"username\":"u8).Text(UserName).Raw(",\"pid\":"u8).Number((ulong)Process);
        if (UserId != 0)
            json.Raw(",\"uid\":"u8).Number(UserId);
        if (GroupId != 0)
            json.Raw(",\"gid\":"u8).Number(GroupId);
        return json.Raw("}"u8).Written.ToArray();
    }

    public static LockRecord Decode(ReadOnlySpan<byte> json, string what) => JsonInput.Decode(json, what, Read);

    private static LockRecord Read(ref Utf8JsonReader reader)
    {
        var found = new LockRecord { Time = default };
        JsonInput.Expect(ref reader, JsonTokenType.StartObject);
        while (JsonInput.NextProperty(ref reader, out var field))
        {
            switch (field)
            {
                case "time": found = found with { Time = GoTime.ToDateTime(GoTime.Read(ref reader)) }; break;
                case "exclusive": found = found with { Exclusive = reader.GetBoolean() }; break;
                case "hostname": found = found with { HostName = JsonInput.Text(ref reader) }; break;
                case "username": found = found with { UserName = JsonInput.Text(ref reader) }; break;
                case "pid": found = found with { Process = reader.GetInt32() }; break;
                case "uid": found = found with { UserId = JsonInput.Number32(ref reader) }; break;
                case "gid": found = found with { GroupId = JsonInput.Number32(ref reader) }; break;
                default: reader.Skip(); break;
            }
        }

        return found;
    }
}
