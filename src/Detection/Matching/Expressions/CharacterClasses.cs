namespace Detection.Matching.Expressions;

/// <summary>
/// Characters that an expression cannot tell apart, by number. Found out when a character is first met: kinds are few, and each character is tested once. Not
/// thread-safe.
/// </summary>
internal sealed class CharacterClasses
{
    /// <summary>Behind the last character: there is none.</summary>
    public const int End = 1;

    /// <summary>A line feed that is the last character.</summary>
    public const int LastLineFeed = 2;

    private const int PageSize = 256;

    private readonly CharacterTest[] _tests;

    // By the upper half of a character, made when one of them is met; 0 = not met yet.
    private readonly ushort[]?[] _pages = new ushort[]?[PageSize];
    private readonly Dictionary<string, ushort> _numbers = [];

    // By class a letter for each test, and two more: a line feed, a character of a word. None is 0.
    private readonly List<string> _kinds = [];

    /// <param name="tests">What the expression asks of characters.</param>
    public CharacterClasses(CharacterTest[] tests)
    {
        _tests = tests;
        var nothing = new string('-', tests.Length + 2);
        _kinds.AddRange([nothing, nothing, KindOf('\n')]);
    }

    /// <summary>All numbers are below it.</summary>
    public int Count => _kinds.Count;

    /// <summary>The class of a character.</summary>
    public int Of(char c)
    {
        var page = _pages[c / PageSize] ??= new ushort[PageSize];
        ref var number = ref page[c % PageSize];
        if (number == 0)
        {
            number = Add(KindOf(c));
        }

        return number;
    }

    /// <summary>True when a class fulfils a test.</summary>
    public bool Holds(int number, int test) => _kinds[number][test] == '+';

    /// <summary>True for a line feed, the last character or not.</summary>
    public bool IsLineFeed(int number) => Holds(number, _tests.Length);

    /// <summary>True for a character of a word, as <c>\b</c> sees it.</summary>
    public bool IsWord(int number) => Holds(number, _tests.Length + 1);

    private ushort Add(string kind)
    {
        if (!_numbers.TryGetValue(kind, out var number))
        {
            number = (ushort)_kinds.Count;
            _numbers.Add(kind, number);
            _kinds.Add(kind);
        }

        return number;
    }

    private string KindOf(char c) => string.Create(_tests.Length + 2, (_tests, c), static (kind, of) =>
    {
        for (var i = 0; i < of._tests.Length; i++)
        {
            kind[i] = Letter(of._tests[i].Holds(of.c));
        }

        (kind[^2], kind[^1]) = (Letter(of.c == '\n'), Letter(CharacterTest.Word.Holds(of.c)));
    });

    private static char Letter(bool holds) => holds ? '+' : '-';
}
