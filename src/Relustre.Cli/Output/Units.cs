using System.Globalization;

namespace Relustre.Cli.Output;

/// <summary>Sizes, times and counts as people read them.</summary>
internal static class Units
{
    public static string Size(long bytes) => bytes switch
    {
        < 1024 => $"{bytes} B",
        < 1024 * 1024 => Number(bytes / 1024.0, "KiB"),
        < 1024L * 1024 * 1024 => Number(bytes / 1048576.0, "MiB"),
        _ => Number(bytes / 1073741824.0, "GiB"),
    };

    /// <summary>In universal time, so that the servers of two sites are told apart by nothing else.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + "Z";

    /// <summary>A day in universal time.</summary>
    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 10 } => time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s",
        { TotalSeconds: < 60 } => $"{(int)time.TotalSeconds} s",
        { TotalHours: < 1 } => $"{time.Minutes}:{time.Seconds:00} min",
        _ => $"{(int)time.TotalHours}:{time.Minutes:00} h",
    };

    public static string Count(long number, string one, string? many = null) =>
        $"{number.ToString("#,0", CultureInfo.InvariantCulture)} {(number == 1 ? one : many ?? one + "s")}";

    private static string Number(double number, string unit) => number.ToString("0.0", CultureInfo.InvariantCulture) + " " + unit;
}
