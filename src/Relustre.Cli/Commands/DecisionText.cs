using System.CommandLine;
using System.CommandLine.Parsing;

namespace Relustre.Cli.Commands;

/// <summary>A reason or an owner: words of a person, on one line, that others will read.</summary>
internal static class DecisionText
{
    private const int Longest = 500;

    public static Option<string?> Option(string name, string value, string description)
    {
        var option = new Option<string?>(name) { HelpName = value, Description = description };
        option.Validators.Add(Validate);
        return option;
    }

    private static void Validate(OptionResult result)
    {
        if (result.Tokens.Any(token => token.Value.Any(char.IsControl) || token.Value.Trim().Length is 0 or > Longest))
            result.AddError($"{result.Option.Name}: one line of up to {Longest} characters is wanted");
    }
}
