using System.Text.Json;
using Relustre.Steps;

namespace Relustre.Tests.Laws;

/// <summary>What holds for every component's restore.</summary>
public class RestoreLaws
{
    private static readonly RestoreContext Context = new()
    {
        Platform = new Platform { EnterpriseLinux = 7, PackageTool = PackageTool.Yum },
        Wanted = new Dictionary<string, ComponentFacts>(),
        Found = new Dictionary<string, ComponentFacts>(),
    };

    private static readonly Platform[] Platforms =
    [
        new() { EnterpriseLinux = 6, HasSystemd = false, PackageTool = PackageTool.Yum },
        new() { EnterpriseLinux = 9 },
        new() { PackageTool = PackageTool.Apt },
    ];

    public static TheoryData<string> Recordings => RecordedHost.All;

    [Theory, MemberData(nameof(Recordings))]
    public void Where_nothing_differs_there_is_nothing_to_do(string recording)
    {
        var host = RecordedHost.Open(recording);

        Assert.Empty(host.Component.Restore(host.State, host.State, Context));
    }

    [Theory, MemberData(nameof(Recordings))]
    public void A_plan_survives_being_written_down_with_all_its_content(string recording)
    {
        var host = RecordedHost.Open(recording);

        foreach (var step in host.Component.Restore(host.State, ComponentState.Empty, ContextOf(host)))
        {
            var written = JsonSerializer.Serialize(step);
            var read = JsonSerializer.Deserialize<RestoreStep>(written)!;

            Assert.Equal(written, JsonSerializer.Serialize(read));
            Assert.Equal(step.On(Context.Platform).Arguments, read.On(Context.Platform).Arguments);
            Assert.True(step.On(Context.Platform).Input.Span.SequenceEqual(read.On(Context.Platform).Input.Span));
        }
    }

    [Theory, MemberData(nameof(Recordings))]
    public void No_secret_stands_in_an_argument_or_a_summary(string recording)
    {
        var host = RecordedHost.Open(recording);

        Assert.All(host.Component.Restore(host.State, ComponentState.Empty, ContextOf(host)), step =>
            Assert.DoesNotContain(RecordedHost.SecretMark, $"{step.Summary} {string.Join(' ', step.On(Context.Platform).Arguments)}"));
    }

    [Theory, MemberData(nameof(Recordings))]
    public void A_server_of_another_age_is_no_trouble(string recording)
    {
        var host = RecordedHost.Open(recording);

        foreach (var other in RecordedHost.Names.Where(name => name.StartsWith($"{host.Component.Name}/", StringComparison.Ordinal)).Select(RecordedHost.Open))
            foreach (var platform in Platforms)
            {
                var context = ContextOf(host) with { Platform = platform, Partner = other.State };
                var steps = host.Component.Restore(host.State, other.State, context);

                Assert.All(steps, step => Assert.NotEmpty(step.On(platform).Arguments));
                Assert.All(host.Component.ForPeople(host.State, other.State, context), note => Assert.DoesNotContain(RecordedHost.SecretMark, note));
                Assert.All(steps, step => Assert.DoesNotContain(RecordedHost.SecretMark, $"{step.Summary} {string.Join(' ', step.On(platform).Arguments)}"));
            }
    }

    // A CIB, or a whole passwd, would be worse than nothing.
    [Theory, MemberData(nameof(Recordings))]
    public void Some_files_are_never_written_nor_removed(string recording)
    {
        var host = RecordedHost.Open(recording);
        IEnumerable<RestoreStep> steps = [.. host.Component.Restore(host.State, ComponentState.Empty, ContextOf(host)), .. host.Component.Restore(ComponentState.Empty, host.State, Context)];

        Assert.All(steps, step => Assert.DoesNotMatch(
            "^/(var/lib/(pacemaker|heartbeat)/|etc/(passwd|group|shadow|gshadow|crypttab|zfs/zpool.cache)$|boot/.*(grub.cfg|grub.conf|grubenv)$)",
            step is WriteFile write ? write.File.Path : step is RemoveFile removal ? removal.Path : ""));
    }

    [Theory, MemberData(nameof(Recordings))]
    public void The_second_time_nothing_is_left_to_do(string recording)
    {
        var host = RecordedHost.Open(recording);
        var others = RecordedHost.Names.Where(name => name.StartsWith($"{host.Component.Name}/", StringComparison.Ordinal)).Select(name => RecordedHost.Open(name).State);

        foreach (var other in others.Append(ComponentState.Empty))
            foreach (var platform in Platforms)
            {
                var context = ContextOf(host) with { Platform = platform };
                var done = Done(host.Component.Restore(host.State, other, context), host.State, other) with { Tools = host.State.Tools };

                Assert.Empty(host.Component.Restore(host.State, done, context).Select(step => step.Summary));
            }
    }

    // What tools answer afterwards is taken for granted.
    private static ComponentState Done(IEnumerable<RestoreStep> steps, ComponentState wanted, ComponentState found)
    {
        var files = found.Files.ToDictionary(file => file.Path);
        foreach (var step in steps)
            switch (step)
            {
                case WriteFile write: files[write.File.Path] = write.File; break;
                case MakeLink link: files[link.Link.Path] = link.Link; break;
                case MakeFolder folder: files[folder.Folder.Path] = folder.Folder; break;
                case RemoveFile removal: files.Remove(removal.Path); break;
                // As if the server had had no accounts before.
                case RunTool { Does: "merge users, groups and their passwords by name" }:
                    foreach (var path in AccountChange.Files.Where(path => wanted.File(path) is not null))
                        files[path] = wanted.File(path)!;
                    break;
            }
        return found with { Files = [.. files.Values.OrderBy(file => file.Path, StringComparer.Ordinal)] };
    }

    private static RestoreContext ContextOf(RecordedHost host) => host.Component.Facts(host.State) is { } facts
        ? Context with { Wanted = new Dictionary<string, ComponentFacts> { [host.Component.Name] = facts } }
        : Context;
}
