using YamlDotNet.Core;

namespace Relustre.Sites;

/// <summary>A text that cannot be read on from here; turned into a <see cref="SiteProblem"/> by the reader.</summary>
internal sealed class YamlProblemException(Mark at, string message) : YamlException(at, at, message);
