using System.Security.Cryptography;
using Relustre.Facts;
using Relustre.Steps;

namespace Relustre.Components;

/// <summary>How the server is reached, and the keys by which it and its root are known. Without the keys, others refuse the rebuilt server.</summary>
internal sealed class Ssh() : Component("ssh", RestoreStage.Access)
{
    // It insists on its full path.
    private const string SshdTest = "\"$(PATH=$PATH:/usr/sbin:/sbin command -v sshd)\" -t";

    private static readonly string[] PublicParts =
        ["/root/.ssh/authorized_keys", "/root/.ssh/authorized_keys2", "/root/.ssh/known_hosts", "/root/.ssh/config", "/root/.ssh/*.pub"];

    private static readonly Format[] PublicFormats = [Format.LoginKeys, Format.LoginKeys, Format.HostKeys, Format.SshOptions, Format.SingleValue];

    public override IReadOnlyList<Source> Sources =>
    [
        File("/etc/ssh/sshd_config", Format.SshOptions),
        File("/etc/ssh/sshd_config.d/*", Format.SshOptions),
        File("/etc/ssh/ssh_config", Format.SshOptions),
        File("/etc/ssh/ssh_config.d/*", Format.SshOptions),
        File("/etc/ssh/ssh_known_hosts", Format.HostKeys),
        File("/etc/ssh/ssh_known_hosts2", Format.HostKeys),
        File("/etc/ssh/shosts.equiv", Format.Lines),
        File("/etc/ssh/revoked_keys"),
        File("/etc/ssh/*.pub", Format.SingleValue),
        SecretFile("/etc/ssh/ssh_host_*_key"),
        SecretFile("/etc/ssh/ssh_host_key"),
        File("/etc/sysconfig/sshd", Format.Assignments),
        File("/etc/default/ssh", Format.Assignments),
        File("/etc/crypto-policies/config", Format.SingleValue),
        File("/etc/crypto-policies/local.d/*", Format.Options),
        File("/etc/crypto-policies/policies/**", Format.Options),
        .. PublicParts.Zip(PublicFormats, File),
        SecretFile("/root/.ssh/**") with { Except = PublicParts },
    ];

    public override Risk Risk => Risk.Security;

    public override string Why => "who reaches this server, and how, is not what it was";

    public override IReadOnlyList<KeyRule> Keys =>
    [
        Risky("/etc/ssh/ssh_host_*", Risk.Security, "others know this server by its host key: a new one is refused, or is not this server", KeyMeaning.Unique),
        Risky("/root/.ssh/known_hosts*", Risk.Cosmetic, "ssh learns hosts by itself"),
        Risky("/root/.ssh/authorized_keys*", Risk.Security, "others may log in as root, or those who should cannot", KeyMeaning.Shared),
        Risky("/root/.ssh/*", Risk.Security, "root reaches other servers with another key", KeyMeaning.PerHost),
        Risky("/etc/ssh/*listenaddress*", Risk.Security, "sshd listens elsewhere", KeyMeaning.PerHost),
        Risky("/etc/ssh/sshd_config*", Risk.Security, "who may log in over the network, and how, is decided here", KeyMeaning.Shared),
        Risky("/etc/ssh/*", Risk.Security, "who reaches this server, and how, is not what it was", KeyMeaning.Shared),
    ];

    public override IReadOnlyList<Check> Checks(RestoreContext context) =>
        [new("sshd accepts its configuration", StepScript.Command("test-sshd", SshdTest))];

    // The connection over which this runs stays; a wrong configuration would refuse the next one.
    protected override IReadOnlyList<RestoreStep> AfterChange(RestoreContext context) =>
    [
        new RunTool("look over sshd's configuration", StepScript.Command("test-sshd", SshdTest)),
        UnitSteps.Reload(context.Platform, "sshd", "ssh"),
    ];

    public override ComponentFacts? Facts(ComponentState state)
    {
        if (state.Files is [])
            return null;
        var options = (from file in state.Files
                       where file.Path == "/etc/ssh/sshd_config" || file.Path.StartsWith("/etc/ssh/sshd_config.d/", StringComparison.Ordinal)
                       orderby file.Path == "/etc/ssh/sshd_config"
                       from setting in Format.SshOptions.Read(file.Text)
                       select setting).ToList();
        return new SshFacts
        {
            Ports = [.. options.All("port")],
            PermitRootLogin = First(options, "permitrootlogin"),
            PasswordAuthentication = First(options, "passwordauthentication"),
            CryptoPolicy = state.Text("/etc/crypto-policies/config")?.Trim().OrNull,
            HostKeys = [.. from file in state.Files where IsHostKey(file) from key in KeysIn(file) select key],
            RootMayEnter =
            [
                .. from file in state.Files
                   where file.Path is "/root/.ssh/authorized_keys" or "/root/.ssh/authorized_keys2"
                   from key in KeysIn(file)
                   select key,
            ],
        };
    }

    // sshd takes the first value that it reads, and reads the folder first.
    private static string? First(IEnumerable<Setting> options, string key) => options.All(key).FirstOrDefault();

    private static bool IsHostKey(CapturedFile file) => file.Kind == FileKind.File
        && file.Path.StartsWith("/etc/ssh/ssh_host_", StringComparison.Ordinal) && file.Path.EndsWith("_key.pub", StringComparison.Ordinal);

    // "[options] type base64 comment"; the blob begins with the length and name of its type, which is "AAAA" in base64.
    private static IEnumerable<SshFacts.PublicKey> KeysIn(CapturedFile file) =>
        from line in file.Text.TrimmedLines
        where !line.IsComment
        let words = line.Words
        let at = Array.FindIndex(words, word => word.StartsWith("AAAA", StringComparison.Ordinal))
        where at > 0
        let blob = BlobIn(words[at])
        where blob.Length > 0
        select new SshFacts.PublicKey
        {
            File = file.Path,
            Type = words[at - 1],
            Fingerprint = $"SHA256:{Convert.ToBase64String(SHA256.HashData(blob)).TrimEnd('=')}",
            Comment = string.Join(' ', words.Skip(at + 1)).OrNull,
        };

    private static byte[] BlobIn(string word)
    {
        var blob = new byte[word.Length];
        return Convert.TryFromBase64String(word, blob, out var length) ? blob[..length] : [];
    }
}
