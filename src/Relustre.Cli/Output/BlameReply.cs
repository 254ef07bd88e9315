using Relustre.Audit;

namespace Relustre.Cli.Output;

/// <summary>What <c>blame</c> answers.</summary>
internal sealed record BlameReply(string Host, IReadOnlyList<BlameReply.Subject> Subjects)
{
    public sealed record Subject(string Name, string? Component, bool IsSecret, IReadOnlyList<Value> Values);

    /// <param name="Shown">Null: it was not there.</param>
    public sealed record Value(string? Shown, DateTimeOffset From, DateTimeOffset? Until, DateTimeOffset SeenUntil)
    {
        public required string FirstSnapshot { get; init; }

        public required string LastSnapshot { get; init; }

        public required int Snapshots { get; init; }

        public required IReadOnlyList<Finding> Changes { get; init; }

        public SnapshotChanges? With { get; init; }

        public bool IsMarkedByIml { get; init; }

        public required IReadOnlyList<ServerRecord> Records { get; init; }
    }

    public static BlameReply Of(string host, IReadOnlyList<BlamedSubject> subjects) => new(host,
    [
        .. subjects.Select(subject => new Subject(JsonText.Text(subject.Subject), subject.Component, subject.IsSecret,
        [
            .. subject.Values.Select(value => new Value(value.Shown is { } shown ? JsonText.Text(shown) : null, value.From, value.Until, value.SeenUntil)
            {
                FirstSnapshot = value.First.Id.ToString(),
                LastSnapshot = value.Last.Id.ToString(),
                Snapshots = value.Snapshots,
                Changes = [.. value.Changes.Select(difference => Finding.Of(host, difference))],
                With = value.With,
                IsMarkedByIml = value.IsMarkedByIml,
                Records = value.Records,
            }),
        ])),
    ]);
}
