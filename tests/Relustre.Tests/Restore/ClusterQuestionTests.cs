using Relustre.Restore;

namespace Relustre.Tests.Restore;

/// <summary>How a server is asked for the state of its cluster, whichever Pacemaker it has.</summary>
public sealed class ClusterQuestionTests : IDisposable
{
    private static readonly string folder = Path.Combine(Repository.Root, "tests", "Relustre.Tests", "Restore", "Statuses");
    private readonly TestServer server = new("mds1");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => server.Dispose();

    [Fact]
    public async Task A_new_Pacemaker_is_asked_in_the_new_spelling()
    {
        server.File("/answers/new", Text("2.1.5-healthy.xml")).Program("crm_node", "echo mds1.lab.test")
            .Program("crm_mon", "[ \"$1 $2\" = '-1 --output-as=xml' ] && cat /answers/new");

        var seen = await ClusterQuestion.AskAsync(server.Shell, Cancel);

        Assert.Equal(("mds1.lab.test", 3), (seen!.Here!.Name, seen.Status.Resources.Count));
    }

    [Fact]
    public async Task An_old_one_in_the_old_spelling_and_without_crm_node_by_its_host_name()
    {
        server.File("/answers/old", Text("1.1.12-failover.xml"))
            .Program("crm_mon", "[ \"$*\" = -X ] || { echo \"crm_mon: unrecognized option '--output-as=xml'\" >&2; exit 64; }; cat /answers/old");

        var seen = await ClusterQuestion.AskAsync(server.Shell, Cancel);

        Assert.Equal(("mds1", "mds2"), (seen!.Self, seen.Status.Coordinator));
    }

    [Fact]
    public async Task Passwords_and_histories_stay_on_the_server()
    {
        server.File("/answers/new", Text("2.1.5-healthy.xml")).Program("crm_mon", "cat /answers/new");

        var answer = await server.Shell.RunAsync(ClusterQuestion.Command, Cancel);

        Assert.Contains("<resource id=\"MGS_869a22\"", answer.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(RecordedHost.SecretMark, answer.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("operation_history", answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_without_a_running_cluster_says_nothing()
    {
        Assert.Null(await ClusterQuestion.AskAsync(server.Shell, Cancel));
        server.Says("crm_mon", Text("2.1.5-not-running.xml"), exitCode: 102);
        Assert.Null(await ClusterQuestion.AskAsync(server.Shell, Cancel));
        server.Says("crm_mon", "<crm_mon version=\"1.1.12\">");
        Assert.Null(await ClusterQuestion.AskAsync(server.Shell, Cancel));
    }

    private static string Text(string recording) => File.ReadAllText(Path.Combine(folder, recording));
}
