namespace Relustre.Sites;

/// <summary>Turns the text of a site.yaml into what it says, or into everything that is wrong with it.</summary>
internal static class SiteFileReader
{
    private const int LongestText = 4 * 1024 * 1024;

    /// <param name="file">How messages name it.</param>
    /// <exception cref="SiteFileException">With every problem at once.</exception>
    public static SiteFile Read(string text, string file)
    {
        var problems = new List<SiteProblem>();
        var site = Read(text, problems);
        return problems.Count == 0
            ? site
            : throw new SiteFileException(file, [.. problems.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column)]);
    }

    private static SiteFile Read(string text, List<SiteProblem> problems)
    {
        if (text.Length > LongestText)
            problems.Add(new(1, 1, $"longer than {LongestText / 1024 / 1024} MiB: this is no site.yaml"));
        else if (text.Contains('\0', StringComparison.Ordinal))
            problems.Add(new(1, 1, "it holds NUL bytes: this is no text"));
        else
        {
            try
            {
                return Site(YamlText.Read(text), problems);
            }
            catch (YamlProblemException broken)
            {
                problems.AddRange(Tabs(text) is [_, ..] tabs ? tabs : [new((int)broken.Start.Line, (int)broken.Start.Column, broken.Message)]);
            }
        }
        return new();
    }

    private static SiteFile Site(YamlValue? document, List<SiteProblem> problems)
    {
        if (document is null or YamlValue.Text { IsEmpty: true })
            return new();
        if (document is not YamlValue.Map map)
        {
            problems.Add(new(document.Start.Line, document.Start.Column, $"a site is a mapping ('vault: …', 'hosts: …'), this is {document.Kind}"));
            return new();
        }
        var fields = new MappingReader(map, problems,
            "vault", "password-file", "password-command", "hosts", "pairs", "defaults", "paths", "parallel", "limits", "host-keys", "known-hosts");
        var hosts = new HostReader(problems);
        var listed = hosts.Hosts(fields.Items("hosts", "a list of servers"), hosts.Defaults(fields.Map("defaults"))).ToList();
        if (fields.Value("password-file") is { } one && fields.Value("password-command") is not null)
            fields.Report(one.Start, "both password-file and password-command; keep one");
        return new()
        {
            Vault = fields.Text("vault", HostRules.AnyPath) ?? "vault",
            PasswordFile = fields.Text("password-file", HostRules.AnyPath),
            PasswordCommand = fields.Text("password-command"),
            Hosts = hosts.Paired(listed, fields.Map("pairs")),
            Paths = [.. Paths(fields)],
            Parallel = fields.Number("parallel", from: 1, to: 256) ?? 16,
            Limits = fields.Map("limits") is { } limits ? Limits(limits, problems) : new(),
            HostKeys = fields.Choice("host-keys", "accept-new", "strict") == "strict" ? HostKeyPolicy.Strict : HostKeyPolicy.AcceptNew,
            KnownHosts = fields.Text("known-hosts", HostRules.AnyPath),
        };
    }

    private static IEnumerable<string> Paths(MappingReader fields)
    {
        foreach (var path in fields.Texts("paths"))
        {
            if (HostRules.Pattern(path.Value) is { } complaint)
                fields.Report(path.Start, $"paths: {complaint}");
            else
                yield return path.Value;
        }
    }

    private static SiteLimits Limits(YamlValue.Map map, List<SiteProblem> problems)
    {
        var fields = new MappingReader(map, problems, "file-size", "total-size", "files", "minutes", "silence", "listing-size");
        return new()
        {
            FileSize = fields.Size("file-size"),
            TotalSize = fields.Size("total-size"),
            Files = fields.Number("files", from: 1, to: 10_000_000),
            Minutes = fields.Number("minutes", from: 1, to: 24 * 60),
            Silence = fields.Number("silence", from: 5, to: 24 * 60 * 60),
            ListingSize = fields.Size("listing-size"),
        };
    }

    // The parser's own words about a tab ("cannot start any token") have cost many an hour.
    private static List<SiteProblem> Tabs(string text) =>
    [
        .. from line in text.Split('\n').Index()
           let indent = line.Item.Length - line.Item.TrimStart(' ', '\t').Length
           let tab = line.Item.AsSpan(0, indent).IndexOf('\t')
           where tab >= 0 && indent < line.Item.TrimEnd().Length
           select new SiteProblem(line.Index + 1, tab + 1, "a tab in the indentation; YAML wants spaces"),
    ];
}
