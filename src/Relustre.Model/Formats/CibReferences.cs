namespace Relustre.Formats;

/// <summary>A set of attributes may stand for another one by its id; what counts is what that one says.</summary>
internal sealed class CibReferences
{
    private readonly Dictionary<string, CibElement> byId = [];

    public CibReferences(CibElement root)
    {
        var all = root.All().ToList();
        if (all.Any(element => element["id-ref"] is not null))
            foreach (var element in all.Where(element => element.Id.Length > 0))
                byId.TryAdd(element.Id, element);
    }

    /// <summary>The element itself, or the one that it stands for.</summary>
    public CibElement Meant(CibElement element) => element["id-ref"] is { } id && byId.TryGetValue(id, out var other) ? other : element;
}
