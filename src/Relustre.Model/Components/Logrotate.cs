using Relustre.Facts;

namespace Relustre.Components;

/// <summary>How long logs are kept.</summary>
internal sealed class Logrotate() : Component("logrotate", RestoreStage.Platform)
{
    public override IReadOnlyList<Source> Sources =>
    [
        File("/etc/logrotate.conf", Format.Lines),
        File("/etc/logrotate.d/*", Format.Lines),
        File("/etc/sysconfig/logrotate", Format.Assignments),
    ];

    public override ComponentFacts? Facts(ComponentState state) => state.Files is [] ? null : new LogrotateFacts
    {
        Rules = [.. from file in state.Files where file.Kind == FileKind.File from rule in RulesIn(file) select rule],
    };

    // A rule is "path [path…] {", where the paths may stand on lines of their own before the brace.
    private static IEnumerable<LogrotateFacts.Rule> RulesIn(CapturedFile file)
    {
        List<string> logs = [];
        foreach (var line in file.Text.TrimmedLines)
        {
            if (line[0] is '/' or '"' or '\'')
                logs.AddRange(from word in line.TrimEnd('{').Words select word.Trim('"', '\''));
            if (logs.Count > 0 && (line.EndsWith('{') || line[0] is not ('/' or '"' or '\'')))
            {
                yield return new LogrotateFacts.Rule(file.Path, logs);
                logs = [];
            }
        }
    }
}
