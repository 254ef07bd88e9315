using System.Reflection;

namespace Relustre.Snapshots;

/// <summary>This program's name and version, as snapshots record it.</summary>
public static class ProgramVersion
{
    public static string Text { get; } =
        $"relustre {typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion}";
}
