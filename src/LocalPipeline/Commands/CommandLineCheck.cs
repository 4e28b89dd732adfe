using System.CommandLine;
using System.CommandLine.Parsing;
using Wire.Text;

namespace LocalPipeline.Commands;

/// <summary>Finds what of a command line would have no effect, or an effect nobody meant. Nothing is ignored silently.</summary>
internal static class CommandLineCheck
{
    /// <summary>Everything that is wrong with the command line as such, fit for a terminal; the last line says what is allowed. Empty when nothing is.</summary>
    internal static IReadOnlyList<string> Faults(ParseResult parsed)
    {
        string[] faults = [.. parsed.Errors.Select(error => SafeText.Escape(error.Message)).Concat(MistakenOptions(parsed))];
        return faults.Length == 0 ? faults : [.. faults, Allowed(parsed.CommandResult.Command)];
    }

    /// <summary>Refuses what was given and does not fit the rest of the command line.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="situation">What it does not fit, for example <c>a recording</c>.</param>
    /// <param name="allowed">What fits.</param>
    /// <param name="unfit">What does not.</param>
    /// <exception cref="CommandLineException">Some of it was given: with all of that.</exception>
    internal static void Refuse(ParseResult parsed, string situation, string allowed, params IReadOnlyList<Symbol> unfit)
    {
        string[] faults = [.. unfit.Where(symbol => IsGiven(parsed, symbol)).Select(symbol => $"{NameOf(symbol)} has no effect on {situation}")];
        if (faults.Length > 0)
        {
            throw new CommandLineException([.. faults, $"allowed with {situation}: {allowed}"]);
        }
    }

    private static bool IsGiven(ParseResult parsed, Symbol symbol) => symbol switch
    {
        Option option => parsed.GetResult(option) is { Implicit: false },
        Argument argument => parsed.GetResult(argument) is { Implicit: false, Tokens.Count: > 0 },
        _ => false,
    };

    // A mistyped option would else be taken for a file. Who has a file of such a name writes it behind --, or as ./--name.
    private static IEnumerable<string> MistakenOptions(ParseResult parsed)
    {
        if (parsed.Tokens.Any(token => token.Type == TokenType.DoubleDash))
        {
            return [];
        }

        return parsed.CommandResult.Children.SelectMany(child => child.Tokens).Where(token => token.Type == TokenType.Argument)
            .Select(token => token.Value).Where(value => value.Length > 1 && value[0] == '-')
            .Select(value => $"there is no option {SafeText.Escape(value)}{Guess(value, parsed.CommandResult.Command)}");
    }

    private static string Guess(string value, Command command) =>
        NearestName.Find(value, command.Options.Select(option => option.Name)) is { } near ? $"; did you mean {near}?" : "";

    private static string Allowed(Command command)
    {
        var path = string.Join(' ', Ancestors(command).Reverse().Select(each => each.Name));
        var names = command.Subcommands.Select(each => each.Name).Concat(command.Arguments.Select(NameOf)).Concat(command.Options.Select(NameOf));
        return $"allowed: {path} {string.Join(", ", names)}";
    }

    private static IEnumerable<Command> Ancestors(Command command)
    {
        for (Command? each = command; each is not null and not RootCommand; each = each.Parents.OfType<Command>().FirstOrDefault())
        {
            yield return each;
        }
    }

    private static string NameOf(Symbol symbol) => symbol is Argument ? symbol.Name.ToUpperInvariant() : symbol.Name;
}
