using System.Globalization;
using System.Text.RegularExpressions;

namespace Detection.Matching.Expressions;

/// <summary>Parses a valid .NET regular expression without look-around, back-references, conditions, comments and free spacing.</summary>
internal sealed class ExpressionParser
{
    private const int MaxDepth = 200;

    private readonly string _text;
    private readonly Dictionary<string, CharacterTest> _tests = [];
    private RegexOptions _options;
    private int _at;
    private int _depth;

    private ExpressionParser(string text, RegexOptions options) => (_text, _options) = (text, options);

    /// <summary>The expression.</summary>
    /// <exception cref="NotSupportedException">It needs more than its language, is nested too deep, or makes a program of too many steps.</exception>
    public static ExpressionPart Parse(string text, RegexOptions options) => new ExpressionParser(text, options).ReadAll();

    /// <summary>The expression's program, which cannot fail any more.</summary>
    /// <exception cref="NotSupportedException">As <see cref="Parse"/>.</exception>
    /// <exception cref="RegexParseException">.NET does not take one of its characters for an expression.</exception>
    public static ExpressionProgram Program(string text, RegexOptions options)
    {
        var parser = new ExpressionParser(text, options);
        var program = new ExpressionProgram(parser.ReadAll());
        foreach (var test in parser._tests.Values)
        {
            test.Prepare();
        }

        return program;
    }

    /// <summary>Throws what reading the expression, or building or running its program, would ever throw.</summary>
    /// <returns>Most steps for each character of a text; a test that asks .NET about one beyond ASCII counts as many.</returns>
    /// <exception cref="NotSupportedException">As <see cref="Parse"/>.</exception>
    /// <exception cref="RegexParseException">As <see cref="Program"/>.</exception>
    public static long Check(string text, RegexOptions options)
    {
        const long StepsOfTest = 16;
        var program = Program(text, options);
        return program.VisitsPerCharacter + (StepsOfTest * program.Tests.Count(test => !test.IsKnown));
    }

    private ExpressionPart ReadAll()
    {
        var part = ReadChoice();
        if (_at != _text.Length)
        {
            throw new NotSupportedException($"a parenthesis too many at {_at + 1}");
        }

        return ProgramSize.Of(part) <= ProgramSize.Most ? part
            : throw new NotSupportedException($"its repetitions make more than {ProgramSize.Most} steps");
    }

    // Options that are switched on inside hold to the end of the group.
    private ExpressionPart ReadChoice()
    {
        if (++_depth > MaxDepth)
        {
            throw new NotSupportedException($"groups deeper than {MaxDepth}");
        }

        var options = _options;
        var branches = new List<ExpressionPart> { ReadSequence() };
        while (TryTake('|'))
        {
            branches.Add(ReadSequence());
        }

        _options = options;
        _depth--;
        return branches.Count == 1 ? branches[0] : new ExpressionPart.Choice(branches);
    }

    private ExpressionPart.Sequence ReadSequence()
    {
        var parts = new List<ExpressionPart>();
        while (_at < _text.Length && _text[_at] is not ('|' or ')'))
        {
            if (ReadAtom() is { } atom)
            {
                parts.Add(ReadRepetition(atom));
            }
        }

        return new ExpressionPart.Sequence(parts);
    }

    private ExpressionPart? ReadAtom()
    {
        var start = _at;
        switch (_text[_at])
        {
            case '(':
                return ReadGroup();
            case '^':
                _at++;
                return new ExpressionPart.Place(_options.HasFlag(RegexOptions.Multiline) ? PlaceKind.LineStart : PlaceKind.Start);
            case '$':
                _at++;
                return new ExpressionPart.Place(_options.HasFlag(RegexOptions.Multiline) ? PlaceKind.LineEnd : PlaceKind.EndOrLastLineFeed);
            case '\\' when PlaceOf(_text[_at + 1]) is { } place:
                _at += 2;
                return new ExpressionPart.Place(place);
            default:
                _at = ExpressionSyntax.EndOfAtom(_text, _at) + 1;
                return Test(_text[start] is '{' or '}' or ']' ? "\\" + _text[start] : _text[start.._at]);
        }
    }

    private static PlaceKind? PlaceOf(char escaped) => escaped switch
    {
        'A' => PlaceKind.Start,
        'z' => PlaceKind.End,
        'Z' => PlaceKind.EndOrLastLineFeed,
        'b' => PlaceKind.WordEdge,
        'B' => PlaceKind.NoWordEdge,
        >= '1' and <= '9' => throw new NotSupportedException("a back-reference, or a character by its octal number"),
        _ => null,
    };

    private ExpressionPart.Character Test(string atom)
    {
        var key = (char)_options + atom;
        if (!_tests.TryGetValue(key, out var test))
        {
            _tests.Add(key, test = new CharacterTest(atom, _options));
        }

        return new ExpressionPart.Character(test);
    }

    // Null for (?i), which is no part itself.
    private ExpressionPart? ReadGroup()
    {
        _at++;
        var outside = _options;
        if (TryTake('?') && !ReadGroupHead())
        {
            return null;
        }

        var inner = ReadChoice();
        _options = outside;
        return TryTake(')') ? inner : throw new NotSupportedException("a group without its end");
    }

    // True when a group follows.
    private bool ReadGroupHead()
    {
        if (_text[_at] is '<' or '\'')
        {
            _at = _text.IndexOf(_text[_at] == '<' ? '>' : '\'', _at + 1) + 1;
            return true;
        }

        var on = true;
        for (; _text[_at] is not (':' or ')'); _at++)
        {
            on = _text[_at] switch { '-' => false, '+' => true, _ => on };
            var option = _text[_at] switch
            {
                'i' or 'I' => RegexOptions.IgnoreCase,
                'm' or 'M' => RegexOptions.Multiline,
                's' or 'S' => RegexOptions.Singleline,
                'n' or 'N' or '-' or '+' => RegexOptions.None,
                var other => throw new NotSupportedException($"a group that begins with (?{other}"),
            };
            _options = on ? _options | option : _options & ~option;
        }

        return _text[_at++] == ':';
    }

    private ExpressionPart ReadRepetition(ExpressionPart part)
    {
        while (_at < _text.Length)
        {
            var least = 0;
            int? most = null;
            if (_text[_at] == '{' && ExpressionSyntax.TryCount(_text, _at, out var from, out var to, out var end))
            {
                (least, most, _at) = (Number(from), to.Length == 0 ? null : Number(to), end);
            }
            else if (_text[_at] is not ('*' or '+' or '?'))
            {
                break;
            }
            else
            {
                (least, most) = (_text[_at] == '+' ? 1 : 0, _text[_at] == '?' ? 1 : null);
            }

            _at++;
            // Lazy or not: it is found or it is not.
            TryTake('?');
            part = new ExpressionPart.Repeated(part, least, most);
        }

        return part;
    }

    private static int Number(string digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    private bool TryTake(char c)
    {
        if (_at == _text.Length || _text[_at] != c)
        {
            return false;
        }

        _at++;
        return true;
    }
}
