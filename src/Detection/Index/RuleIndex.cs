using Detection.Rules;
using Detection.Taxonomy;

namespace Detection.Index;

/// <summary>
/// Finds the rules that may match a record, by its source and by the literals that the rules need: never all rules that should, at worst
/// some that do not. Immutable, thread-safe; each thread reads it through a <see cref="RuleScan"/> of its own.
/// </summary>
internal sealed class RuleIndex
{
    private readonly SourceIndex[] _parts;

    /// <summary>The index of rules of one pack.</summary>
    public RuleIndex(IReadOnlyList<SigmaRule> rules)
    {
        Rules = [.. rules];
        Layout = new MarkLayout(Rules.Length);
        var hits = new LiteralHits();
        _parts =
        [
            .. rules.Select((rule, number) => (number, rule)).GroupBy(entry => WithoutCase(entry.rule.Source))
                .Select(group => new SourceIndexBuilder(Layout, hits).Build(group.First().rule.Source, [.. group])),
        ];
        Hits = hits.Freeze();
    }

    /// <summary>The rules, by number.</summary>
    public SigmaRule[] Rules { get; }

    /// <summary>Where marks are.</summary>
    public MarkLayout Layout { get; }

    /// <summary>What a hit marks.</summary>
    public HitTable Hits { get; }

    /// <summary>What is looked at for the records of a source. A record is covered by at most 8 parts: each may say or leave out three words.</summary>
    public SourceRoute RouteOf(LogSource source)
    {
        SourceIndex[] parts = [.. _parts.Where(part => part.Source.Covers(source))];
        var given = new ulong[Layout.Words];
        foreach (var part in parts)
        {
            for (var word = 0; word < given.Length; word++)
            {
                given[word] |= part.Given[word];
            }
        }

        return new SourceRoute(parts.Length > 0, [.. parts.SelectMany(part => part.Fields)], given);
    }

    private static LogSource WithoutCase(LogSource source) =>
        new(source.Category.ToUpperInvariant(), source.Product.ToUpperInvariant(), source.Service.ToUpperInvariant());
}
