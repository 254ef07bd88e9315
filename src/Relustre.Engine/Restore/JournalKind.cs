namespace Relustre.Restore;

/// <summary>What a journal notes down.</summary>
public enum JournalKind
{
    /// <summary>Somebody works on it from now on: for the first time, or again.</summary>
    Began,

    /// <summary>The safety snapshot is in the vault; nothing was changed before.</summary>
    Safety,

    /// <summary>A step is about to be done; on disk before it is.</summary>
    Started,

    /// <summary>A step is done and verified.</summary>
    Finished,

    /// <summary>A step failed; it may be done again.</summary>
    Failed,

    /// <summary>A closed gate was opened by a person.</summary>
    GateOpened,

    /// <summary>The restore is over: all done, or given up.</summary>
    Ended,
}
