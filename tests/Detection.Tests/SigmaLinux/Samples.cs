using System.Globalization;
using System.Text;
using Detection.Matching;

namespace Detection.Tests.SigmaLinux;

/// <summary>Texts that fulfil one test of a rule.</summary>
internal static class Samples
{
    /// <summary>Where and what; null for a test that asks for no text.</summary>
    public static (PatternPlace Place, string Text)? Of(ValueTest test) => test switch
    {
        TextTest text => OfPattern(text.Pattern.Tokens),
        RegexTest regex => OfRegex(regex.Text),
        NumberTest number => (PatternPlace.Whole, number.Text),
        BooleanTest boolean => (PatternPlace.Whole, boolean.Expected ? "true" : "false"),
        NetworkTest network => (PatternPlace.Whole, network.Address.ToString()),
        ComparisonTest comparison => (PatternPlace.Whole, OfComparison(comparison).ToString(CultureInfo.InvariantCulture)),
        AnyTest any => any.Tests.Select(Of).FirstOrDefault(sample => sample is not null),
        _ => null,
    };

    private static (PatternPlace Place, string Text) OfPattern(ReadOnlySpan<PatternToken> tokens)
    {
        var openStart = tokens.Length > 0 && tokens[0].Kind == PatternTokenKind.AnyRun;
        var openEnd = tokens.Length > 0 && tokens[^1].Kind == PatternTokenKind.AnyRun;
        var text = new StringBuilder();
        for (var i = openStart ? 1 : 0; i < (openEnd ? tokens.Length - 1 : tokens.Length); i++)
        {
            text.Append(tokens[i].Kind switch
            {
                PatternTokenKind.Literal => tokens[i].Value,
                PatternTokenKind.AnyDash => '-',
                _ => 'x',
            });
        }

        var place = (openStart, openEnd) switch
        {
            (true, true) => PatternPlace.Anywhere,
            (true, false) => PatternPlace.End,
            (false, true) => PatternPlace.Start,
            _ => PatternPlace.Whole,
        };
        return (place, text.ToString());
    }

    private static (PatternPlace Place, string Text) OfRegex(string pattern)
    {
        var (text, atEnd) = RegexSample.Of(pattern);
        return (atEnd ? PatternPlace.End : PatternPlace.Anywhere, text);
    }

    private static decimal OfComparison(ComparisonTest test) => test.Comparison switch
    {
        Comparison.Less => test.Bound - 1,
        Comparison.Greater => test.Bound + 1,
        _ => test.Bound,
    };
}
