using System.Text.RegularExpressions;
using Detection.Matching;

namespace Detection.Rules.Parsing;

/// <summary>
/// Parses a condition. Binding from weak to strong: <c>or</c>, <c>and</c>, <c>not</c>, <c>1 of</c> / <c>any of</c> / <c>all of</c>,
/// parentheses. Operators are whole lower-case words.
/// </summary>
internal sealed partial class ConditionParser
{
    private const int MaxDepth = 64;

    private readonly RuleNode _node;
    private readonly IReadOnlyDictionary<string, Matcher> _searches;
    private readonly List<Match> _tokens;
    private int _at;
    private int _depth;

    private ConditionParser(RuleNode node, IReadOnlyDictionary<string, Matcher> searches)
    {
        _node = node;
        _searches = searches;
        _tokens = [.. Token().Matches(node.Text("condition")).Cast<Match>()];
    }

    private string? Next => _at < _tokens.Count ? _tokens[_at].Value : null;

    private bool BeforeOf => _at + 1 < _tokens.Count && _tokens[_at + 1].Value == "of";

    /// <summary>The compiled condition over the searches.</summary>
    /// <exception cref="RuleFault">It is not a condition, or names what is not there.</exception>
    public static Matcher Parse(RuleNode node, IReadOnlyDictionary<string, Matcher> searches)
    {
        var parser = new ConditionParser(node, searches);
        var matcher = parser.Or();
        return parser.Next is null ? matcher : throw parser.Unexpected();
    }

    private Matcher Or()
    {
        var parts = new List<Matcher> { And() };
        while (Accept("or"))
        {
            parts.Add(And());
        }

        return AnyOf.Of(parts);
    }

    private Matcher And()
    {
        var parts = new List<Matcher> { Negation() };
        while (Accept("and"))
        {
            parts.Add(Negation());
        }

        return AllOf.Of(parts);
    }

    private Matcher Negation()
    {
        var negated = false;
        while (Accept("not"))
        {
            negated = !negated;
        }

        var primary = Primary();
        return negated ? new Not(primary) : primary;
    }

    private Matcher Primary()
    {
        if (Accept("("))
        {
            if (++_depth > MaxDepth)
            {
                throw _node.Fault($"the condition is nested deeper than {MaxDepth}");
            }

            var inner = Or();
            if (!Accept(")"))
            {
                throw Unexpected();
            }

            _depth--;
            return inner;
        }

        if (BeforeOf)
        {
            return Next is "1" or "any" or "all" ? Quantified() : throw Unexpected();
        }

        if (Next is not { } name || name is "and" or "or" or "not" or "of" or "them" || !Identifier().IsMatch(name))
        {
            throw Unexpected();
        }

        if (!_searches.TryGetValue(name, out var search))
        {
            throw At(_at, $"there is no search '{name}'", "searches: " + string.Join(", ", _searches.Keys));
        }

        _at++;
        return new Search(name, search);
    }

    private Matcher Quantified()
    {
        var all = Next == "all";
        _at += 2;
        if (Next is not { } pattern || !Pattern().IsMatch(pattern))
        {
            throw Unexpected();
        }

        var regex = new Regex("^" + Regex.Escape(pattern == "them" ? "*" : pattern).Replace("\\*", ".*", StringComparison.Ordinal) + "$");
        var parts = new List<Matcher>();
        foreach (var (name, search) in _searches)
        {
            // A name that begins with an underscore is private to the patterns that ask for it.
            if ((name[0] != '_' || pattern[0] == '_') && regex.IsMatch(name))
            {
                parts.Add(new Search(name, search));
            }
        }

        if (parts.Count == 0)
        {
            throw At(_at, $"'{pattern}' fits no search", "searches: " + string.Join(", ", _searches.Keys));
        }

        _at++;
        return all ? AllOf.Of(parts) : AnyOf.Of(parts);
    }

    private bool Accept(string token)
    {
        if (Next != token)
        {
            return false;
        }

        _at++;
        return true;
    }

    private RuleFault Unexpected()
    {
        var wayOut = Next switch
        {
            "|" => "aggregations after a pipe are the old form: write a correlation rule",
            { } word when word.ToLowerInvariant() is "and" or "or" or "not" or "of" => "operators are written in lower case",
            _ when BeforeOf => "only 1, any or all may stand before 'of'",
            _ => "",
        };
        return At(_at, Next is null ? "the condition ends too early" : $"'{Next}' is not expected here in the condition", wayOut);
    }

    // The column counts inside the condition's text only where that text begins right at the node.
    private RuleFault At(int token, string reason, string wayOut)
    {
        var offset = _node.IsPlain && token < _tokens.Count && !_node.Value.Contains('\n') ? _tokens[token].Index : 0;
        return new RuleFault(_node.Line, _node.Column + offset, reason, wayOut);
    }

    [GeneratedRegex(@"[A-Za-z0-9_*-]+|\S", RegexOptions.CultureInvariant)]
    private static partial Regex Token();

    [GeneratedRegex("^[A-Za-z0-9_-]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Identifier();

    [GeneratedRegex("^[A-Za-z0-9_*-]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
