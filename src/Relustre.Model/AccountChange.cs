using System.Text;
using Relustre.Formats;
using Relustre.Steps;

namespace Relustre;

/// <summary>
/// Users and groups, merged by name into those that the server has. System accounts keep the ids that packages gave them, the
/// others get theirs back, and what is extra stays. Never a whole passwd or shadow of another day.
/// </summary>
internal static class AccountChange
{
    private const int NameLength = 32;

    /// <summary>The files that are merged, and not written as they were.</summary>
    public static readonly string[] Files = ["/etc/group", "/etc/gshadow", "/etc/passwd", "/etc/shadow", "/etc/subuid", "/etc/subgid"];

    // Hashes travel as input. All of it is made beside the files, looked over, and then renamed file by file; the second time nothing is left to do.
    private const string Script = """
        set -e; umask 077; e=$1 t=$(mktemp -d -- "$1/.relustre.XXXXXX"); trap 'rm -rf -- "$t"' EXIT
        cat >"$t/wanted"; [ "$(tail -n 1 -- "$t/wanted")" = end ] || { echo "the accounts did not arrive whole" >&2; exit 75; }
        set --; for f in group gshadow passwd shadow subuid subgid; do [ ! -e "$e/$f" ] || set -- "$@" "k=$f" "$e/$f"; done
        awk -v "limit=$LIMIT" -v "out=$t" "$MERGE" "k=wanted" "$t/wanted" "$@"
        [ ! -e "$e/passwd" ] || { grep -q '^root:' "$t/passwd" && grep -q '^root:' "$t/group"; } || { echo "root was lost: nothing was changed" >&2; exit 1; }
        for f in group gshadow passwd shadow subuid subgid; do
          [ -s "$t/$f" ] && ! cmp -s -- "$t/$f" "$e/$f" || continue
          if [ -e "$e/$f" ]; then chown --reference="$e/$f" -- "$t/$f"; chmod --reference="$e/$f" -- "$t/$f"; chcon --reference="$e/$f" -- "$t/$f" 2>/dev/null || :
          else case $f in *shadow) chmod 0 -- "$t/$f" ;; *) chmod 644 -- "$t/$f" ;; esac; fi
          sync -- "$t/$f" 2>/dev/null || sync; mv -f -- "$t/$f" "$e/$f"
        done
        [ ! -s "$t/homes" ] || while IFS=: read -r u g h; do
          [ ! -e "$h" ] && [ -d "${h%/*}/" ] || continue
          mkdir -m 700 -- "$h"; [ ! -d "$e/skel" ] || cp -r -- "$e/skel/." "$h/"; chown -R -- "$u:$g" "$h"; restorecon -R -- "$h" 2>/dev/null || :
        done <"$t/homes"
        [ ! -s "$t/notes" ] || cat -- "$t/notes"
        """;

    // For any awk. Who wants an id that is free gets it first; then system accounts without one get another.
    private const string Merge = """
        BEGIN { FS = OFS = ":" }
        k == "wanted" {
          file = $1; sub(/^[^:]*:/, "")
          if (file == "end") next
          if ((file, $1) in wanted) { if (file ~ /^sub/) wanted[file, $1] = wanted[file, $1] "\n" $0; next }
          wanted[file, $1] = $0; name[file, ++names[file]] = $1
          if (file == "group") { wgid[$1] = $3; if (!($3 in groupof)) groupof[$3] = $1 }
          if (file == "passwd") wuid[$1] = $3
          next
        }
        {
          line[k, ++lines[k]] = $0
          if (!((k, $1) in at)) at[k, $1] = lines[k]
          if (k == "group" && !($1 in gid)) { gid[$1] = $3; if (!($3 in gowner)) gowner[$3] = $1 }
          if (k == "passwd" && !($1 in uid)) { uid[$1] = $3; if (!($3 in uowner)) uowner[$3] = $1 }
        }
        function settle(file, id, owner, want,    i, n, free) {
          for (i = 1; i <= names[file]; i++) {
            n = name[file, i]
            if (n in id) {
              if (id[n] == want[n] || id[n] < limit || want[n] < limit) continue
              if (want[n] in owner) { note(n " keeps the id " id[n] ", since " owner[want[n]] " has " want[n]); continue }
              if (owner[id[n]] == n) delete owner[id[n]]
            } else if ((want[n] in owner) && want[owner[want[n]]] != want[n]) continue
            id[n] = want[n]; if (!(want[n] in owner)) owner[want[n]] = n
          }
          free = limit - 1
          for (i = 1; i <= names[file]; i++) {
            n = name[file, i]
            if (n in id) continue
            if (want[n] + 0 >= limit) { note(n " was not made: " owner[want[n]] " has its id " want[n]); continue }
            while (free in owner) free--
            id[n] = free; owner[free] = n
          }
        }
        function note(text) { print text >(out "/notes") }
        function members(have, want,    i, n, list, all, known) {
          n = split(want, list, ","); all = ""
          for (i = 1; i <= n; i++) if (list[i] != "" && !(list[i] in known)) { known[list[i]]; all = all "," list[i] }
          n = split(have, list, ",")
          for (i = 1; i <= n; i++) if (list[i] != "" && !(list[i] in known) && !(list[i] in wuid)) { known[list[i]]; all = all "," list[i] }
          return substr(all, 2)
        }
        function put(file, n, text) {
          if (!((file, n) in at)) at[file, n] = ++lines[file]
          line[file, at[file, n]] = text
        }
        END {
          settle("group", gid, gowner, wgid); settle("passwd", uid, uowner, wuid)
          for (i = 1; i <= names["group"]; i++) {
            n = name["group", i]; if (!(n in gid)) continue
            split(wanted["group", n], w, ":"); split((("group", n) in at) ? line["group", at["group", n]] : ":::", f, ":")
            put("group", n, n ":" w[2] ":" gid[n] ":" members(f[4], w[4]))
          }
          for (i = 1; i <= names["gshadow"]; i++) {
            n = name["gshadow", i]; if (!(n in gid)) continue
            split(wanted["gshadow", n], w, ":"); split((("gshadow", n) in at) ? line["gshadow", at["gshadow", n]] : ":::", f, ":")
            put("gshadow", n, n ":" w[2] ":" members(f[3], w[3]) ":" members(f[4], w[4]))
          }
          for (i = 1; i <= names["passwd"]; i++) {
            n = name["passwd", i]; if (!(n in uid)) continue
            split(wanted["passwd", n], w, ":"); g = w[4]
            if ((g in groupof) && (groupof[g] in gid)) g = gid[groupof[g]]
            if (!(("passwd", n) in at) && uid[n] + 0 >= limit) print uid[n], g, w[6] >(out "/homes")
            put("passwd", n, n ":" w[2] ":" uid[n] ":" g ":" w[5] ":" w[6] ":" w[7])
            if (w[2] == "x" && !(("shadow", n) in at) && !(("shadow", n) in wanted)) put("shadow", n, n ":!!:::::::")
          }
          for (i = 1; i <= names["shadow"]; i++) { n = name["shadow", i]; if (n in uid) put("shadow", n, wanted["shadow", n]) }
          m = split("subuid subgid", sub_, " ")
          for (j = 1; j <= m; j++) for (i = 1; i <= names[sub_[j]]; i++) {
            n = name[sub_[j], i]; if (!(n in uid)) continue
            for (r = 1; r <= lines[sub_[j]]; r++) { split(line[sub_[j], r], f, ":"); if (f[1] == n) gone[sub_[j], r] }
            put(sub_[j], n, wanted[sub_[j], n]); delete gone[sub_[j], at[sub_[j], n]]
          }
          m = split("group gshadow passwd shadow subuid subgid", all, " ")
          for (j = 1; j <= m; j++) for (i = 1; i <= lines[all[j]]; i++) if (!((all[j], i) in gone)) print line[all[j], i] >(out "/" all[j])
        }
        """;

    /// <summary>The step that merges them; null: it would change nothing.</summary>
    public static RestoreStep? Step(ComponentState wanted, ComponentState found, Platform platform)
    {
        var rows = Rows(wanted).ToList();
        return rows.Count == 0 || !new AccountNeeds(wanted, found, FirstUser(platform)).Any ? null : new RunTool("merge users, groups and their passwords by name", CommandIn("/etc", rows, platform)) { ChangesFilesOnly = true };
    }

    /// <summary>Into the files of another folder than /etc.</summary>
    internal static RemoteCommand CommandIn(string folder, IEnumerable<string> rows, Platform platform) =>
        new("sh", "-c", Script.Replace("$LIMIT", $"{FirstUser(platform)}", StringComparison.Ordinal).Replace("\"$MERGE\"", RemoteCommand.Quote(Merge), StringComparison.Ordinal), "merge-accounts", folder)
        {
            Input = Encoding.UTF8.GetBytes(string.Concat(rows) + "end\n"),
        };

    internal static IEnumerable<string> Rows(ComponentState state) => from path in Files from row in RowsIn(state, path) select $"{path.Split('/')[^1]}:{row}\n";

    /// <summary>The first id that is no system account's.</summary>
    public static int FirstUser(Platform platform) => platform.EnterpriseLinux is <= 6 ? 500 : 1000;

    // A broken line, and what somebody made of it, stays where it is.
    internal static IEnumerable<string> RowsIn(ComponentState state, string path) =>
        from row in Colons.Rows(state.Text(path) ?? "")
        where IsName(row[0]) && row.All(field => !field.Any(char.IsControl)) && IsRow(path, row)
        select string.Join(':', row);

    private static bool IsRow(string path, string[] row) => path switch
    {
        "/etc/passwd" => row.Length == 7 && uint.TryParse(row[2], out _) && uint.TryParse(row[3], out _),
        "/etc/group" => row.Length == 4 && uint.TryParse(row[2], out _),
        "/etc/gshadow" => row.Length == 4,
        "/etc/shadow" => row.Length == 9,
        _ => row.Length == 3 && uint.TryParse(row[1], out _) && uint.TryParse(row[2], out _),
    };

    private static bool IsName(string name) => name.Length is > 0 and <= NameLength && (char.IsAsciiLetter(name[0]) || name[0] == '_')
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.' or '$');
}
