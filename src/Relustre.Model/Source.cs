namespace Relustre;

/// <summary>A place where configuration can be read. What a server lacks is empty, so sources list every era's places.</summary>
public abstract record Source
{
    private Source()
    {
    }

    public Format Format { get; init; } = Format.Opaque;

    /// <summary>Its content is sealed, compared and restored, and never shown.</summary>
    public bool IsSecret { get; init; }

    /// <summary>The order of its settings has a meaning (PAM, sudoers, firewall rules): what changes its place is a difference.</summary>
    public bool IsOrdered { get; init; }

    /// <summary>
    /// Files by a shell pattern of an absolute path: <c>*</c>, <c>?</c> and <c>[…]</c> match within one name. A pattern that
    /// ends in <c>/**</c> means the folder itself and everything below it, on its own file system.
    /// </summary>
    public sealed record Files(string Pattern) : Source
    {
        /// <summary>Patterns (as <c>find -path</c> has them: <c>*</c> crosses slashes) of what is left out, though the pattern has it.</summary>
        public IReadOnlyList<string> Except { get; init; } = [];
    }

    /// <summary>A tool's answer, kept in the snapshot as <c>/.relustre/tools/COMPONENT/NAME</c>.</summary>
    /// <param name="Name">A file name such as <c>cib.xml</c>, unique in its component.</param>
    /// <param name="Command">POSIX shell, set in where it takes several lines; it only reads, and its exit code counts.</param>
    public sealed record Tool(string Name, string Command) : Source
    {
        /// <summary>
        /// The program that must be there; by default the first word of the command. Several words are all needed, and one that
        /// begins with a slash is a path that must exist: <c>zpool /dev/zfs</c> has nothing to say where ZFS is installed and not loaded.
        /// </summary>
        public string Needs { get; init; } = Command.Split(' ', 2)[0];

        /// <summary>
        /// A POSIX shell filter (sed, awk, sort) for the output that takes out what changes by itself (counters, ages,
        /// the time of day), so that an unchanged server gives an unchanged snapshot; null: the output as it is.
        /// </summary>
        public string? Filter { get; init; }

        /// <summary>Seconds until it is killed.</summary>
        public int TimeLimit { get; init; } = 30;

        /// <summary>A text that an output has when the tool works (else: <see cref="ToolOutcome.Rubbish"/>); none at all is no rubbish. Null: anything goes.</summary>
        public string? Expecting { get; init; }

        /// <summary>
        /// Also meaningful on a mere file tree: the command then uses <c>"$root"</c>, which is empty on a running server
        /// and the tree's folder otherwise.
        /// </summary>
        public bool WorksOnTree { get; init; }

        /// <summary>
        /// Files and folders (two levels deep) by path or pattern that the answer is made of, and of nothing else: while none of them
        /// changes, the tool is not asked again. Empty: the answer may change by itself.
        /// </summary>
        public IReadOnlyList<string> Reads { get; init; } = [];
    }
}
