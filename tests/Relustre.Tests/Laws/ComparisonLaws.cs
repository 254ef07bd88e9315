namespace Relustre.Tests.Laws;

/// <summary>What holds when any recorded server is compared, whichever component it is.</summary>
public class ComparisonLaws
{
    public static TheoryData<string> Recordings => RecordedHost.All;

    [Theory, MemberData(nameof(Recordings))]
    public void A_server_does_not_differ_from_itself(string recording)
    {
        var host = RecordedHost.Open(recording);

        Assert.Empty(host.Component.Compare(host.State, RecordedHost.Open(recording).State));
    }

    [Theory, MemberData(nameof(Recordings))]
    public void A_touched_file_is_no_difference(string recording)
    {
        var host = RecordedHost.Open(recording);
        var touched = host.State with { Files = [.. host.State.Files.Select(file => file with { Modified = new UnixTime(1_000_000_000, 1) })] };

        Assert.Empty(host.Component.Compare(host.State, touched));
    }

    [Theory, MemberData(nameof(Recordings))]
    public void What_went_one_way_comes_the_other_way(string recording)
    {
        var host = RecordedHost.Open(recording);

        var gone = host.Component.Compare(host.State, ComponentState.Empty);
        var come = host.Component.Compare(ComponentState.Empty, host.State);

        Assert.Equal(gone.Select(difference => difference.Key).Order(), come.Select(difference => difference.Key).Order());
        Assert.All(gone, difference => Assert.NotNull(difference.Wanted));
    }

    [Theory, MemberData(nameof(Recordings))]
    public void No_difference_shows_a_secret(string recording)
    {
        var host = RecordedHost.Open(recording);
        var spoiled = host.State with
        {
            Files = [.. host.State.Files.Select(file => file with { Content = Spoil(file.Content) })],
            Tools = [.. host.State.Tools.Select(tool => tool with { Output = Spoil(tool.Output) })],
        };

        Assert.All(host.Component.Compare(host.State, spoiled).Concat(host.Component.Compare(spoiled, host.State)), difference =>
            Assert.DoesNotContain(RecordedHost.SecretMark, $"{difference.Key} {difference.ShownWanted} {difference.ShownFound}"));
    }

    [Theory, MemberData(nameof(Recordings))]
    public void Files_that_are_alike_need_not_be_there_to_compare_the_others(string recording)
    {
        var host = RecordedHost.Open(recording);

        foreach (var file in host.State.Files.Where(_ => host.Component.ReadsFilesApart).Take(8))
        {
            var other = file with { Mode = file.Mode ^ 1, Content = Spoil(file.Content) };
            var whole = host.State with { Files = [.. host.State.Files.Select(one => one == file ? other : one)] };

            Assert.Equal(
                host.Component.Compare(host.State, whole),
                host.Component.Compare(host.State with { Files = [file] }, whole with { Files = [other] }));
        }
    }

    // Every value that holds a digit is another one then; secrets keep their mark.
    private static ReadOnlyMemory<byte> Spoil(ReadOnlyMemory<byte> content) =>
        content.ToArray().Select(unit => unit is >= (byte)'0' and <= (byte)'8' and not (byte)'3' ? (byte)(unit + 1) : unit).ToArray();
}
