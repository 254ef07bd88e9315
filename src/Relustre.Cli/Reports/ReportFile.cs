using System.Text;

namespace Relustre.Cli.Reports;

/// <summary>Writes a report whole or not at all, for its owner's eyes.</summary>
internal static class ReportFile
{
    /// <summary>Complains about a path that cannot be written, before there is anything to write.</summary>
    public static void Check(string path)
    {
        if (Directory.Exists(path))
            throw new CommandFailedException($"{path} is a folder: name a file in it", ExitCode.Usage);
        if (Path.GetDirectoryName(path) is { } folder && !Directory.Exists(folder))
            throw new CommandFailedException($"{path} cannot be written: there is no folder {folder}", ExitCode.Usage);
        if (new FileInfo(path).LinkTarget is not null)
            throw new CommandFailedException($"{path} is a link: name the file itself", ExitCode.Usage);
    }

    public static void Write(string path, string text)
    {
        Check(path);
        var draft = $"{path}.{Guid.NewGuid():N}";
        try
        {
            WriteNew(draft, text);
            File.Move(draft, path, overwrite: true);
        }
        catch
        {
            File.Delete(draft);
            throw;
        }
    }

    private static void WriteNew(string path, string text)
    {
        using var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        file.Write(Encoding.UTF8.GetBytes(text));
        file.Flush(flushToDisk: true);
    }
}
