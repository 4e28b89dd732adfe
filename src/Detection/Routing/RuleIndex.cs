using System.Globalization;
using Detection.Rules;
using Detection.Taxonomy;

namespace Detection.Routing;

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
            .. rules.Select((rule, number) => new NumberedRule(number, rule)).GroupBy(entry => NameOf(entry.Rule.Source))
                .Select(group => new SourceIndexBuilder(Layout, hits).Build(group.First().Rule.Source, [.. group])),
        ];
        Hits = hits.Freeze();
    }

    /// <summary>The rules, by number.</summary>
    public SigmaRule[] Rules { get; }

    /// <summary>Where marks are.</summary>
    public MarkLayout Layout { get; }

    /// <summary>What a hit marks.</summary>
    public HitTable Hits { get; }

    /// <summary>The parts whose rules see records of a source: at most 8, for a rule may say or leave out each of three words.</summary>
    public SourceIndex[] PartsFor(LogSource source) => [.. _parts.Where(part => part.Source.Covers(source))];

    // The lengths keep apart words that hold what joins them.
    private static string NameOf(LogSource source) => string.Create(
        CultureInfo.InvariantCulture,
        $"{source.Category.Length},{source.Product.Length}:{source.Category}{source.Product}{source.Service}").ToUpperInvariant();
}
