namespace Relustre;

/// <summary>
/// Whether merging the backup's accounts into a server's would change anything: extra accounts and the ids that packages gave
/// to system accounts are different for ever, and no reason to do it again.
/// </summary>
internal sealed class AccountNeeds(ComponentState wanted, ComponentState found, int firstUser)
{
    private readonly Rows wantedUsers = new(wanted, "/etc/passwd"), users = new(found, "/etc/passwd"), wantedGroups = new(wanted, "/etc/group"), groups = new(found, "/etc/group");

    public bool Any => wantedGroups.Names.Any(NeedsGroup) || wantedUsers.Names.Any(NeedsUser) || NeedsSecrets("/etc/shadow", users) || NeedsGroupSecrets()
        || NeedsRanges("/etc/subuid") || NeedsRanges("/etc/subgid");

    private bool NeedsGroup(string name)
    {
        var shall = wantedGroups[name]!;
        return groups[name] is not { } row
            ? CanHave(groups, shall[2])
            : row[1] != shall[1] || !SameMembers(row[3], shall[3]) || NeedsId(groups, row[2], shall[2]);
    }

    private bool NeedsUser(string name)
    {
        var shall = wantedUsers[name]!;
        if (users[name] is not { } row)
            return CanHave(users, shall[2]);
        var group = wantedGroups.Owner(shall[3]) is { } known && groups[known] is { } there ? there[2] : shall[3];
        return row[1] != shall[1] || !row.Skip(4).SequenceEqual(shall.Skip(4)) || row[3] != group || NeedsId(users, row[2], shall[2]);
    }

    private bool NeedsSecrets(string path, Rows accounts)
    {
        var (shall, have) = (new Rows(wanted, path), new Rows(found, path));
        return shall.Names.Any(name => accounts[name] is not null && (have[name] is not { } row || !row.SequenceEqual(shall[name]!)));
    }

    private bool NeedsGroupSecrets()
    {
        var (shall, have) = (new Rows(wanted, "/etc/gshadow"), new Rows(found, "/etc/gshadow"));
        return shall.Names.Any(name => groups[name] is not null
            && (have[name] is not { } row || row[1] != shall[name]![1] || !SameMembers(row[2], shall[name]![2]) || !SameMembers(row[3], shall[name]![3])));
    }

    private bool NeedsRanges(string path)
    {
        var (shall, have) = (new Rows(wanted, path), new Rows(found, path));
        return shall.Names.Any(name => users[name] is not null && !shall.All(name).Order(StringComparer.Ordinal).SequenceEqual(have.All(name).Order(StringComparer.Ordinal)));
    }

    // A system account gets another id when its own is taken, a user does not, and a second name for an id is one.
    private bool CanHave(Rows there, string id)
    {
        return there.Owner(id) is not { } owner || uint.Parse(id) < firstUser || (there == users ? wantedUsers : wantedGroups)[owner]?[2] == id;
    }

    private bool NeedsId(Rows there, string id, string shall) =>
        id != shall && uint.Parse(id) >= firstUser && uint.Parse(shall) >= firstUser && there.Owner(shall) is null;

    private bool SameMembers(string members, string shall)
    {
        var list = shall.Split(',', StringSplitOptions.RemoveEmptyEntries);
        return members.Split(',', StringSplitOptions.RemoveEmptyEntries).Where(name => list.Contains(name) || wantedUsers[name] is not null).ToHashSet().SetEquals(list);
    }

    /// <summary>The rows of one file by name, of which the first counts.</summary>
    private sealed class Rows(ComponentState state, string path)
    {
        private readonly ILookup<string, string[]> rows = AccountChange.RowsIn(state, path).Select(row => row.Split(':')).ToLookup(row => row[0]);

        public IEnumerable<string> Names => rows.Select(same => same.Key);

        /// <summary>The first account or group that has this id; null: none.</summary>
        public string? Owner(string id) => Owners[id].FirstOrDefault();

        public string[]? this[string name] => rows[name].FirstOrDefault();

        private ILookup<string, string> Owners => field ??= Names.ToLookup(name => this[name]![2]);

        public IEnumerable<string> All(string name) => rows[name].Select(row => string.Join(':', row));
    }
}
