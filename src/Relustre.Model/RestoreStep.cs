using System.Text.Json.Serialization;
using Relustre.Steps;

namespace Relustre;

/// <summary>
/// One change of a server that may be made again without harm, and that changes nothing where it has been made. The
/// discriminator is part of a stored plan: never rename it.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "step")]
[JsonDerivedType(typeof(WriteFile), "write-file")]
[JsonDerivedType(typeof(MakeFolder), "make-folder")]
[JsonDerivedType(typeof(MakeLink), "make-link")]
[JsonDerivedType(typeof(RemoveFile), "remove-file")]
[JsonDerivedType(typeof(RunTool), "run-tool")]
[JsonDerivedType(typeof(Verify), "verify")]
[JsonDerivedType(typeof(LookAgain), "look-again")]
[JsonDerivedType(typeof(ConfirmNetwork), "confirm-network")]
[JsonDerivedType(typeof(Reboot), "reboot")]
public abstract record RestoreStep
{
    /// <summary>What it does, in a line, starting with a verb.</summary>
    [JsonIgnore]
    public abstract string Summary { get; }

    /// <summary>The command that does it, in the server's dialect. Exit code 0: it is so now.</summary>
    public abstract RemoteCommand On(Platform platform);

    /// <summary>It changes files and nothing else. Whatever is more reaches the running system: of a file tree, that of the machine on which it lies.</summary>
    [JsonIgnore]
    public virtual bool IsOfFiles => false;

    /// <summary>The same on a file tree, where nothing runs that files could disturb; null: nothing.</summary>
    public virtual RestoreStep? InTree() => IsOfFiles ? this : null;

    /// <summary>The connection ends with it, and the server must be waited for.</summary>
    [JsonIgnore]
    public virtual bool EndsConnection => false;

    /// <summary>With this exit code it asks to be done again over another new connection: it came too early.</summary>
    public const int TooEarly = 75;

    /// <summary>It shows that the server can still be reached, which a connection from before cannot.</summary>
    [JsonIgnore]
    public virtual bool NeedsNewConnection => false;
}
