using System.Security.Cryptography;
using System.Text;

namespace Relustre.Snapshots;

/// <summary>A catalogue made quick to ask, with a digest that changes when what is captured changes.</summary>
public sealed class CatalogueIndex(Catalogue catalogue)
{
    private readonly SourceIndex sources = new(catalogue);

    public Catalogue Catalogue { get; } = catalogue;

    /// <summary>Includes this program's version: a new version may read more out of the same files.</summary>
    public string Digest { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n',
    [
        ProgramVersion.Text,
        .. from component in catalogue.Components
           from source in component.Sources
           select $"{component.Name} {source}",
    ]))));

    public IReadOnlyList<Component> ComponentsOf(string path) => sources.ComponentsOf(path);
}
