using Detection.Matching;
using Detection.Rules;
using Detection.Taxonomy;

namespace Detection.Index;

/// <summary>Makes the part of an index for the rules of one log source.</summary>
internal sealed class SourceIndexBuilder(MarkLayout layout, LiteralHits hits)
{
    // A second guard keeps most of what the first lets through from being tried; one that lets nearly everything through is not worth its literals.
    private const double WorthALook = 0.7;

    private readonly Dictionary<RequiredLiteral, List<int>> _marks = [];
    private readonly ulong[] _given = new ulong[layout.Words];

    /// <summary>The part.</summary>
    /// <param name="source">What all the rules say.</param>
    /// <param name="rules">The rules with their numbers.</param>
    public SourceIndex Build(LogSource source, IReadOnlyList<(int Number, SigmaRule Rule)> rules)
    {
        var odds = OddsOf(rules.Select(rule => rule.Rule.Matcher));
        var finder = new GuardFinder(odds);
        foreach (var (number, rule) in rules)
        {
            Add(number, finder.Find(rule.Matcher));
        }

        var fields = _marks.GroupBy(mark => ValueTuple.Create(mark.Key.Field))
            .Select(group => new FieldIndex(group.Key.Item1, [.. group.Select(mark => (mark.Key, mark.Value))], hits));
        return new SourceIndex(source, [.. fields], _given);
    }

    // What is mentioned is known only when every rule was seen, so guards are found twice.
    private static LiteralOdds OddsOf(IEnumerable<Matcher> matchers)
    {
        var odds = new LiteralOdds();
        var finder = new GuardFinder(new LiteralOdds());
        foreach (var literal in matchers.SelectMany(finder.Find).SelectMany(guard => guard.Literals))
        {
            odds.Mention(literal);
        }

        return odds;
    }

    private void Add(int rule, IReadOnlyList<Guard> guards)
    {
        for (var i = 0; i < MarkLayout.Guards; i++)
        {
            var mark = layout.MarkOf(rule, i);
            if (i < guards.Count && (i == 0 || guards[i].Odds < WorthALook))
            {
                foreach (var literal in guards[i].Literals)
                {
                    if (!_marks.TryGetValue(literal, out var marks))
                    {
                        _marks.Add(literal, marks = []);
                    }

                    marks.Add(mark);
                }
            }
            else
            {
                _given[mark >> 6] |= 1UL << mark;
            }
        }
    }
}
