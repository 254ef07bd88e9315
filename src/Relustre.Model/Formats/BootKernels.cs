namespace Relustre.Formats;

/// <summary>What <c>grubby --info=ALL</c> prints: a kernel with its command line and initramfs, whichever number it has in the menu.</summary>
internal sealed class BootKernels : Format
{
    protected override IEnumerable<Setting> SettingsIn(string text)
    {
        var kernel = "";
        foreach (var setting in Assignments.Read(text))
        {
            if (setting.Key == "index")
                continue;
            if (setting.Key == "kernel")
                kernel = setting.Value;
            yield return setting.Key == "kernel" ? new Setting(kernel, "there") : setting with { Key = kernel.Length == 0 ? setting.Key : $"{kernel} {setting.Key}" };
        }
    }
}
