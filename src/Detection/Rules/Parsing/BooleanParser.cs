namespace Detection.Rules.Parsing;

/// <summary>
/// Parses boolean expressions. Binding from weak to strong: <c>or</c>, <c>and</c>, <c>not</c>, parentheses. Operators are whole
/// lower-case words.
/// </summary>
/// <typeparam name="T">What an expression becomes.</typeparam>
internal abstract class BooleanParser<T>
{
    private const int MaxDepth = 64;

    // What becomes of an expression may take its length times its length.
    private const int MaxTokens = 2_000;

    private const string Grammar = "names joined by and, or, not and parentheses";

    private readonly RuleNode _node;
    private readonly List<ConditionToken> _tokens;
    private int _depth;

    /// <param name="node">The text.</param>
    protected BooleanParser(RuleNode node)
    {
        _node = node;
        _tokens = [];
        foreach (var token in Tokens(node.Text("condition")))
        {
            _tokens.Add(token);
            if (_tokens.Count > MaxTokens)
            {
                throw node.Fault($"the condition has more than {MaxTokens} words", "patterns of names, or several rules");
            }
        }
    }

    /// <summary>Index of the next token.</summary>
    protected int Position { get; set; }

    /// <summary>The next token; null at the end.</summary>
    protected string? Next => Peek(0);

    /// <summary>The words and other characters of an expression, with their places.</summary>
    public static IEnumerable<ConditionToken> Tokens(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var start = i;
            while (i < text.Length && IsWord(text[i]))
            {
                i++;
            }

            if (i > start)
            {
                yield return new ConditionToken(text[start..i], start);
                i--;
            }
            else if (!char.IsWhiteSpace(text[i]))
            {
                yield return new ConditionToken(text[i].ToString(), i);
            }
        }
    }

    /// <summary>True for a token that may be a name.</summary>
    public static bool IsName(string token) => IsWord(token[0]) && token is not ("and" or "or" or "not" or "of" or "them");

    /// <summary>The whole text as one expression.</summary>
    protected T Parse()
    {
        var expression = Or();
        return Next is null ? expression : throw Unexpected();
    }

    /// <summary>What stands between operators, other than parentheses.</summary>
    protected abstract T Primary();

    /// <summary>A conjunction of two or more.</summary>
    protected abstract T All(List<T> parts);

    /// <summary>A disjunction of two or more.</summary>
    protected abstract T Any(List<T> parts);

    /// <summary>A negation.</summary>
    protected abstract T Negation(T part);

    /// <summary>What is unexpected about the next token, for people; may be empty.</summary>
    protected virtual string WayOut => "";

    /// <summary>The token so many places ahead; null behind the end.</summary>
    protected string? Peek(int ahead) => Position + ahead < _tokens.Count ? _tokens[Position + ahead].Text : null;

    /// <summary>The next token cannot stand where it does.</summary>
    protected RuleFault Unexpected()
    {
        var wayOut = IsUpperCaseOperator(Next) ? "operators are written in lower case" : WayOut;
        return Fault(Next is null ? "the condition ends too early" : $"'{Next}' is not expected here in the condition", wayOut.Length > 0 ? wayOut : Grammar);
    }

    /// <summary>A fault at the next token; behind the last one when there is none.</summary>
    /// <remarks>The column counts inside the text only where that begins right at the node.</remarks>
    protected RuleFault Fault(string reason, string wayOut)
    {
        var offset = !_node.IsPlain || _tokens.Count == 0 || _node.Value.Contains('\n') ? 0
            : Position < _tokens.Count ? _tokens[Position].Index
            : _tokens[^1].Index + _tokens[^1].Text.Length;
        return new RuleFault(_node.Line, _node.Column + offset, reason, wayOut);
    }

    /// <summary>True for what would be an operator in lower case, but is none.</summary>
    protected static bool IsUpperCaseOperator(string? token) =>
        token is not (null or "and" or "or" or "not" or "of") && token.ToLowerInvariant() is "and" or "or" or "not" or "of";

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '*' or '-' or '.';

    private T Or()
    {
        var first = And();
        if (Next != "or")
        {
            return first;
        }

        var parts = new List<T> { first };
        while (Accept("or"))
        {
            parts.Add(And());
        }

        return Any(parts);
    }

    private T And()
    {
        var first = Not();
        if (Next != "and")
        {
            return first;
        }

        var parts = new List<T> { first };
        while (Accept("and"))
        {
            parts.Add(Not());
        }

        return All(parts);
    }

    private T Not()
    {
        var negated = false;
        while (Accept("not"))
        {
            negated = !negated;
        }

        var part = Next == "(" ? Parentheses() : Primary();
        return negated ? Negation(part) : part;
    }

    private T Parentheses()
    {
        if (++_depth > MaxDepth)
        {
            throw _node.Fault($"the condition is nested deeper than {MaxDepth}", "fewer parentheses, or more searches");
        }

        Position++;
        var inner = Or();
        _depth--;
        return Accept(")") ? inner : throw Unexpected();
    }

    private bool Accept(string token)
    {
        if (Next != token)
        {
            return false;
        }

        Position++;
        return true;
    }
}
