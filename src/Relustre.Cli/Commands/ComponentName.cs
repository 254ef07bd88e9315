using Relustre.Sites;

namespace Relustre.Cli.Commands;

/// <summary>Finds the component that somebody named.</summary>
internal static class ComponentName
{
    public static Component Find(Catalogue catalogue, string name) => catalogue.Components.FirstOrDefault(component => component.Name == name)
        ?? throw new CommandFailedException($"there is no component '{name}'{Spelling.DidYouMean(name, Names(catalogue))}; there are: {string.Join(", ", Names(catalogue).Order(StringComparer.Ordinal))}", ExitCode.Usage);

    private static IEnumerable<string> Names(Catalogue catalogue) => catalogue.Components.Select(component => component.Name);
}
