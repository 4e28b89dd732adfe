using YamlDotNet.Core;

namespace Detection.Rules.Parsing;

/// <summary>Says what is wrong with a text that is no YAML: where, and what to write. Thread-safe.</summary>
internal static class YamlSyntax
{
    private const string WayOut =
        "close every bracket and quote, indent with spaces, and put in quotes what holds ': ' or ' #' or begins with another sign than a letter or digit";

    /// <summary>Lets a parser of the text be read. What is thrown of other kinds is passed on.</summary>
    /// <param name="text">The text.</param>
    /// <param name="read">Reads it.</param>
    /// <returns>What is wrong; null when nothing is, as far as it was read.</returns>
    public static RuleFault? Read(string text, Action<IParser> read)
    {
        var parser = new Parser(new StringReader(text));
        try
        {
            read(parser);
            return null;
        }
        catch (YamlException e)
        {
            var isTab = e.Message.Contains(" tab ", StringComparison.Ordinal);
            return Fault(text, isTab ? FirstTab(text, Later(e.Start, EndOf(parser))) : e.Start, e.Message);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            // YamlDotNet lets these out of its scanner for some broken texts, without a place.
            return Fault(text, EndOf(parser), "the syntax is broken after this place");
        }
    }

    private static RuleFault Fault(string text, Mark place, string message) =>
        new((int)Math.Max(1, place.Line), (int)Math.Max(1, place.Column), "not readable as YAML: " + message, WayOutAt(text, place, message));

    private static string WayOutAt(string text, Mark place, string message) => (place.Index < text.Length ? text[(int)place.Index] : '\0') switch
    {
        '\t' => "spaces instead of the tab",
        '%' or '@' or '`' or '*' or '&' or '!' or '|' or '>' => "put the text in quotes",
        '"' when message.Contains("escape", StringComparison.Ordinal) => "single quotes: in double ones a backslash begins an escape",
        _ => WayOut,
    };

    private static Mark EndOf(Parser parser) => parser.Current?.End ?? Mark.Empty;

    private static Mark Later(Mark one, Mark other) => one.Index > other.Index ? one : other;

    // Of a tab the exception says where the line before began, or nothing.
    private static Mark FirstTab(string text, Mark from)
    {
        var (line, column) = (from.Line, from.Column);
        for (var at = (int)from.Index; at < text.Length; at++)
        {
            if (text[at] == '\t')
            {
                return new Mark(at, line, column);
            }

            (line, column) = text[at] == '\n' ? (line + 1, 1) : (line, column + 1);
        }

        return from;
    }
}
