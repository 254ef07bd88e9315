namespace Relustre.Facts;

/// <summary>Users, groups and where more of them come from. No hash of any password.</summary>
public sealed record IdentityFacts : ComponentFacts
{
    public enum PasswordKind
    {
        /// <summary>shadow was not readable, or does not know the user.</summary>
        Unknown,
        Empty,
        Locked,
        Set,
    }

    public required IReadOnlyList<User> Users { get; init; }

    public required IReadOnlyList<Group> Groups { get; init; }

    /// <summary>Rules in sudoers and its folder, without defaults and aliases.</summary>
    public int SudoRules { get; init; }

    public required IReadOnlyList<Directory> Directories { get; init; }

    public sealed record User
    {
        public required string Name { get; init; }

        public uint Id { get; init; }

        public uint GroupId { get; init; }

        public required string Home { get; init; }

        public required string Shell { get; init; }

        public PasswordKind Password { get; init; }
    }

    public sealed record Group(string Name, uint Id, IReadOnlyList<string> Members);

    /// <summary>A directory service that is asked for users: which program asks, and whom.</summary>
    public sealed record Directory(string Asker, string Address);
}
