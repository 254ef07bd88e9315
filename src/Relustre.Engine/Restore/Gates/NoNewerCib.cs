using System.Globalization;
using Relustre.Facts;

namespace Relustre.Restore.Gates;

/// <summary>
/// What the cluster was told last is never written over by something older. A CIB without any resource is what a cluster begins with,
/// however often it was written; and one with this recovery's own mark is the one that is brought back.
/// </summary>
public sealed class NoNewerCib() : Gate(GateName, "no server of the pair holds a CIB that is newer than the one which is brought back")
{
    public const string GateName = "no-newer-cib";

    // Only what tells the age leaves the server; the passwords do not.
    private const string Look = """
        tell() { awk -v at="$1" -v mark="$2" '
            function of(name,  at) { at = match(line, " " name "=\"[0-9]*\""); return at ? substr(line, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : 0 }
            !line && /<cib[ >]/ { line = $0 }
            /<primitive[ >]/ { full = 1 }
            index($0, "name=\"relustre-recovery\"") && index($0, "value=\"" mark "\"") { ours = 1 }
            END { if (!line) print "unreadable", at; else print "cib", of("admin_epoch"), of("epoch"), of("num_updates"), (ours ? "ours" : full ? "full" : "empty"), at }'; }
        for file in /var/lib/pacemaker/cib/cib.xml /var/lib/heartbeat/crm/cib.xml; do
            [ ! -e "$file" ] || { [ -r "$file" ] || exit 1; tell "$file" "$1" <"$file"; }
        done
        if command -v cibadmin >/dev/null 2>&1 && live=$(cibadmin --query --local 2>/dev/null || cibadmin --query 2>/dev/null); then printf '%s\n' "$live" | tell live "$1"; fi
        echo looked
        """;

    protected override async Task<GateAnswer> LookAsync(GateView view, CancellationToken cancel)
    {
        var chosen = view.Plan.Cib ?? default;
        foreach (var shell in (HostShell[])[view.Host, .. view.Partners])
        {
            var look = $"ssh {shell.Host.Name} 'cibadmin --query | head -n 1; head -n 1 /var/lib/pacemaker/cib/cib.xml'";
            var answer = await shell.RunAsync(Question.Of(Look, view.Plan.CibMark), cancel);
            if (!answer.IsDone || answer.Lines() is not [.. var told, "looked"])
                return Closed($"{shell.Host.Name} does not tell which CIB it has ({answer.Said()})", look);
            if (told.FirstOrDefault(line => line.StartsWith("unreadable ", StringComparison.Ordinal)) is { } broken)
                return Closed($"{shell.Host.Name} has a CIB that cannot be read ({broken["unreadable ".Length..]}): nobody knows how old it is", look);
            if (told.Select(line => line.Split(' ', 6)).FirstOrDefault(words => IsNewer(words, chosen)) is { } newer)
                return Closed($"{shell.Host.Name} has the CIB {Age(newer)} ({(newer[5] == "live" ? "its cluster runs with it" : newer[5])}), and {chosen} would be brought back: "
                    + "back that server up and recover from it, or start its cluster as it is", look);
        }
        return Open($"no newer CIB than {chosen} is on {string.Join(" or ", view.Partners.Select(partner => partner.Host.Name).Prepend(view.Name))}");
    }

    private static bool IsNewer(string[] words, CibAge chosen) => words is ["cib", _, _, _, "full", _] && Age(words) > chosen;

    private static CibAge Age(string[] words) => new(Number(words[1]), Number(words[2]), Number(words[3]));

    // What is no number, or too big for one, is newer than anything.
    private static long Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : long.MaxValue;
}
