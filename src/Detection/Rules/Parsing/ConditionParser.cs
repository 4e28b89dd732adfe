using Detection.Matching;

namespace Detection.Rules.Parsing;

/// <summary>Parses the condition of a detection: names of searches and <c>1 of</c> / <c>any of</c> / <c>all of</c> with a pattern.</summary>
internal sealed class ConditionParser : BooleanParser<Matcher>
{
    // A pattern stands for many searches: a short condition must not become a huge one.
    private const int MaxParts = 20_000;

    private readonly IReadOnlyDictionary<string, Matcher> _searches;
    private readonly FaultList _faults;
    private int _parts;

    private ConditionParser(RuleNode node, IReadOnlyDictionary<string, Matcher> searches, FaultList faults)
        : base(node) => (_searches, _faults) = (searches, faults);

    protected override string WayOut => Next switch
    {
        "|" => "aggregations after a pipe are the old form: write a correlation rule",
        _ when string.Equals(Peek(1), "of", StringComparison.OrdinalIgnoreCase) =>
            Peek(1) == "of" ? "only 1, any or all may stand before 'of'" : "operators are written in lower case",
        _ => "",
    };

    /// <summary>The compiled condition over the searches. Names that are not there are in <paramref name="faults"/>.</summary>
    /// <exception cref="RuleFault">It is not a condition.</exception>
    public static Matcher Parse(RuleNode node, IReadOnlyDictionary<string, Matcher> searches, FaultList faults) =>
        new ConditionParser(node, searches, faults).Parse();

    protected override Matcher All(List<Matcher> parts) => AllOf.Of(parts);

    protected override Matcher Any(List<Matcher> parts) => AnyOf.Of(parts);

    protected override Matcher Negation(Matcher part) => new Not(part);

    protected override Matcher Primary()
    {
        if (Next is { } word && Peek(1) == "of")
        {
            return word is "1" or "any" or "all" ? Quantified(word == "all") : throw Unexpected();
        }

        if (Next is not { } name || !IsName(name) || name.Contains('*'))
        {
            throw Unexpected();
        }

        if (!_searches.TryGetValue(name, out var search))
        {
            return IsUpperCaseOperator(name) || IsUpperCaseOperator(Peek(1)) ? throw Unexpected() : Missing($"there is no search '{name}'");
        }

        Position++;
        return new Search(name, search);
    }

    private Matcher Quantified(bool all)
    {
        Position += 2;
        if (Next is not { } pattern || (pattern != "them" && !IsName(pattern)))
        {
            throw Unexpected();
        }

        var names = StringPattern.Parse(pattern == "them" ? "*" : pattern, cased: true);
        var parts = new List<Matcher>();
        foreach (var (name, search) in _searches)
        {
            // A name that begins with an underscore is private to the patterns that ask for it.
            if ((name[0] != '_' || pattern[0] == '_') && names.Matches(name))
            {
                parts.Add(new Search(name, search));
            }
        }

        if (parts.Count == 0)
        {
            return Missing($"'{pattern}' fits no search");
        }

        _parts += parts.Count;
        if (_parts > MaxParts)
        {
            throw Fault($"the patterns of the condition stand for more than {MaxParts} searches", "fewer patterns, or two rules");
        }

        Position++;
        return all ? AllOf.Of(parts) : AnyOf.Of(parts);
    }

    // The rest of the condition is read all the same, for what else is wrong with it.
    private Search Missing(string reason)
    {
        _faults.Add(Fault(reason, "searches: " + string.Join(", ", _searches.Keys)));
        Position++;
        return new Search("", AllOf.Of([]));
    }
}
