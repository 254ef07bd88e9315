using YamlDotNet.Core;

namespace Relustre.Sites;

/// <summary>A place in a YAML text.</summary>
internal readonly record struct YamlSpot(int Index, int Line, int Column)
{
    public static YamlSpot Of(Mark mark) => new((int)mark.Index, (int)mark.Line, (int)mark.Column);

    /// <summary>Behind a bracket, for whose end the parser gives its start.</summary>
    public static YamlSpot Behind(Mark bracket) => new((int)bracket.Index + 1, (int)bracket.Line, (int)bracket.Column + 1);
}
