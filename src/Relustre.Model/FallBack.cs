using Relustre.Steps;

namespace Relustre;

/// <summary>
/// Changes what a server is reached by without cutting off whoever does it: the server itself puts back the files that it had, and applies
/// those, unless it hears from us over a new connection in time.
/// </summary>
/// <param name="Folder">Where the server keeps what it had, and how far it is.</param>
/// <param name="Subject">What is changed, for people.</param>
/// <param name="Reapply">A script that makes the files take effect; where that fails it leaves a file "failed" in the folder it runs in.</param>
internal sealed record FallBack(string Folder, string Subject, string Reapply)
{
    /// <summary>Seconds until the server puts back what it had.</summary>
    public const int Patience = 120;

    /// <summary>Behind the name of a file that must not be in its place before the fall-back is armed.</summary>
    private const string Waiting = ".relustre";

    // Once for each plan; while a fall-back is armed, what is saved must stay what it was.
    private const string Save = """
        set -e; umask 077; d=$1; shift
        if [ -e "$d/armed" ] && [ ! -e "$d/decided" ]; then
          kill -0 "$(cat "$d/armed")" 2>/dev/null && { echo "this is being changed already: wait two minutes and run the same command again" >&2; exit 1; }
        fi
        rm -rf -- "$d"; mkdir -p -- "$d"
        for f; do [ -e "$f" ] || [ -h "$f" ] && printf '%s\n' "$f" || printf '%s\n' "$f" >>"$d/new"; done >"$d/old"
        tar -cf "$d/saved.tar" -P -T "$d/old"; sync
        """;

    // Whoever makes the folder "decided" first decides: the fall-back, or a confirmation. All of it outlives the connection, over which
    // its answer goes before anything changes.
    private const string Switch = $$"""
        set -e; umask 077; d=$1 limit=$2; cd "$d"
        [ ! -e armed ] || exit 0
        printf '%s\n' "$3" >reapply; shift 3; for f; do printf '%s\n' "$f"; done >at-once
        cat >run <<'EOF'
        d=$1 limit=$2; cd "$d"; sleep 0.1 2>/dev/null || sleep 1
        while read -r what f; do case $what in put) mv -f -- "$f{{Waiting}}" "$f" || : >failed ;; remove) rm -f -- "$f" ;; esac; done <at-once
        sh reapply >applied.log 2>&1; : >applied
        while [ "$limit" -gt 0 ]; do [ -e run ] && [ ! -e decided ] || exit 0; limit=$((limit - 1)); sleep 1; done
        mkdir decided || exit 0
        [ ! -e new ] || while IFS= read -r f; do rm -f -- "$f"; done <new
        tar -xpPf saved.tar; sync; sh reapply >fallback.log 2>&1; : >decided/back
        EOF
        if command -v setsid >/dev/null; then setsid sh run "$d" "$limit" </dev/null >/dev/null 2>&1 &
        else nohup sh run "$d" "$limit" </dev/null >/dev/null 2>&1 & fi
        echo $! >armed
        """;

    /// <summary>Paths of files that count as soon as they are there: whoever is cut off between such a one and the rest would stay outside.</summary>
    public IReadOnlyList<string> AtOnce { get; init; } = [];

    public IReadOnlyList<RestoreStep> Around(IReadOnlyList<RestoreStep> changes) => changes.Count == 0 ? [] :
    [
        new RunTool($"save the present {Subject} settings on the server", StepScript.Command($"save-{Subject}", Save, [Folder, .. PathsOf(changes)])),
        .. changes.Select(InTime),
        new RunTool($"apply the {Subject}; without word over a new connection within {Patience} s the server puts back what it had",
            StepScript.Command($"switch-{Subject}", Switch, [Folder, $"{Patience}", Reapply, .. changes.Select(WordOf).OfType<string>()])),
        new ConfirmNetwork(Folder) { Subject = Subject },
    ];

    private RestoreStep InTime(RestoreStep change) => change switch
    {
        WriteFile write when AtOnce.Contains(write.File.Path) => write with { Aside = Waiting },
        RemoveFile removal when AtOnce.Contains(removal.Path) => removal with { IsLater = true },
        _ => change,
    };

    // What the switch itself does with it.
    private string? WordOf(RestoreStep change) => InTime(change) switch
    {
        WriteFile { Aside: not null } write => $"put {write.File.Path}",
        RemoveFile { IsLater: true } removal => $"remove {removal.Path}",
        _ => null,
    };

    private static IEnumerable<string> PathsOf(IReadOnlyList<RestoreStep> changes) =>
        from change in changes
        let path = change switch
        {
            WriteFile write => write.File.Path,
            MakeLink link => link.Link.Path,
            RemoveFile { IsFolder: false } removal => removal.Path,
            _ => null,
        }
        where path is not null
        select path;
}
