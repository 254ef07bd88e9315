using System.Text.RegularExpressions;
using Relustre.Facts;

namespace Relustre.Components;

/// <summary>How long logs are kept.</summary>
internal sealed partial class Logrotate() : Component("logrotate", RestoreStage.Platform)
{
    public override IReadOnlyList<Source> Sources =>
    [
        File("/etc/logrotate.conf", Format.LogRules),
        File("/etc/logrotate.d/*", Format.LogRules),
        File("/etc/sysconfig/logrotate", Format.Assignments),
    ];

    public override Risk Risk => Risk.Config;

    public override string Why => "logs are kept longer or shorter, or fill the disk";

    public override KeyMeaning BetweenPartners => KeyMeaning.Shared;

    public override ComponentFacts? Facts(ComponentState state) => state.Files is [] ? null : new LogrotateFacts
    {
        Rules = [.. from file in state.Files where file.Kind == FileKind.File from rule in RulesIn(file) select rule],
    };

    [GeneratedRegex(@"""[^""]*""|'[^']*'|[^\s{]+")]
    private static partial Regex LogName { get; }

    // A rule is "path [path…] {", where the paths may stand on lines of their own before the brace; what follows may be a script.
    private static IEnumerable<LogrotateFacts.Rule> RulesIn(CapturedFile file)
    {
        List<string> logs = [];
        var isInRule = false;
        foreach (var line in file.Text.TrimmedLines.Where(line => !line.IsComment))
        {
            if (!isInRule && line[0] is ('/' or '"' or '\''))
                logs.AddRange(from Match match in LogName.Matches(line) select match.Value.Unquoted);
            if (!isInRule && line.EndsWith('{'))
            {
                yield return new LogrotateFacts.Rule(file.Path, logs);
                (logs, isInRule) = ([], true);
            }
            isInRule &= line != "}";
        }
    }
}
