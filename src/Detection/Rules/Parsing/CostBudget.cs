using System.Globalization;

namespace Detection.Rules.Parsing;

/// <summary>
/// How much the rules of one pack may cost an event at most, in steps for each character of its texts. Not thread-safe.
/// </summary>
/// <remarks>
/// The event is made by an attacker, who chooses the text that costs most, and rules come from people who never thought of one. A rule is not
/// cut short at run time, for then it would half-match: what does not fit is refused when it is loaded.
/// </remarks>
internal sealed class CostBudget
{
    /// <summary>Steps of one rule.</summary>
    public const long MostOfRule = 8_192;

    /// <summary>Steps of all rules together.</summary>
    public const long MostOfPack = 131_072;

    private long _spent;

    /// <summary>Takes the steps of a rule out of the pack's.</summary>
    /// <param name="place">Where the rule says what it looks for.</param>
    /// <param name="steps">What it costs.</param>
    /// <exception cref="RuleFault">They are too many.</exception>
    public void Spend(RuleNode place, long steps)
    {
        if (steps > MostOfRule)
        {
            throw place.Fault(
                Text($"the values of the rule may cost {steps} steps for each character of an event, allowed are {MostOfRule}"),
                "fewer or plainer values: text without ? and expressions costs least");
        }

        if (_spent + steps > MostOfPack)
        {
            throw place.Fault(
                Text($"with the rules before it, by file and place, the rule may cost {_spent + steps} steps for each character of an event, allowed are {MostOfPack}"),
                "fewer rules, or plainer values in them: text without ? and expressions costs least");
        }

        _spent += steps;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
