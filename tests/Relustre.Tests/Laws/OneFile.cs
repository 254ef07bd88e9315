using System.Reflection;
using System.Text;

namespace Relustre.Tests.Laws;

/// <summary>A component of one file in any format there is, to hold the format to the laws by what an audit makes of it.</summary>
internal sealed class OneFile(Format format) : Component("one", RestoreStage.Access)
{
    public const string Path = "/etc/one";

    /// <summary>Every format of the catalogue by its name there, found by its type, so that no format is forgotten.</summary>
    public static IReadOnlyDictionary<string, Format> Formats { get; } = typeof(Format)
        .GetProperties(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        .Where(property => property.PropertyType == typeof(Format))
        .ToDictionary(property => property.Name, property => (Format)property.GetValue(null)!);

    public override IReadOnlyList<Source> Sources => [File(Path, format)];

    public static OneFile In(string format) => new(Formats[format]);

    public static ComponentState State(string text) => new([new CapturedFile { Path = Path, Kind = FileKind.File, Mode = 0x1A4, Content = Encoding.UTF8.GetBytes(text) }], []);

    public IReadOnlyList<Difference> Compare(string wanted, string found) => Compare(State(wanted), State(found));
}
