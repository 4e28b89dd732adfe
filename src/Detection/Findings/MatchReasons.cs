using Detection.Matching;
using Detection.Rules;
using Detection.Taxonomy;
using Wire.Model;

namespace Detection.Findings;

/// <summary>
/// Finds out why events matched, from the rules and the events alone: nothing of it has to be remembered with an incident.
/// </summary>
/// <remarks>Not thread-safe. Bounded: <see cref="MaxItems"/> items of at most 2 × <see cref="MaxLength"/> characters for each event.</remarks>
/// <param name="pack">The rules that are evaluated.</param>
public sealed class MatchReasons(RulePack pack)
{
    /// <summary>Items of one reason, at most.</summary>
    public const int MaxItems = 12;

    /// <summary>Characters of a text, at most.</summary>
    public const int MaxLength = 300;

    private readonly EventViews _views = new();

    /// <summary>Why <paramref name="witness"/> is one of a firing of <paramref name="rule"/>.</summary>
    /// <returns>Null when the pack has no such rule with this meaning, or none of its parts matches the event.</returns>
    public MatchReason? Of(RuleInfo rule, Witness witness)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(witness);
        var fired = pack.Rules.Concat<Rule>(pack.Correlations).FirstOrDefault(r => r.Info.Id == rule.Id && r.Info.SemanticHash == rule.SemanticHash);
        if (fired is null)
        {
            return null;
        }

        // The title says which part it was; two parts may have one title.
        foreach (var part in SingleRules(fired).Distinct().OrderBy(part => part.Info.Title != witness.RuleTitle))
        {
            if (Of(part, witness.Event) is { } reason)
            {
                return reason;
            }
        }

        return null;
    }

    private static IEnumerable<SigmaRule> SingleRules(Rule rule) => rule switch
    {
        SigmaRule single => [single],
        CorrelationRule correlation => correlation.Rules.Distinct().SelectMany(SingleRules),
        _ => [],
    };

    private MatchReason? Of(SigmaRule rule, HostEvent e)
    {
        var view = _views.Show(e);
        for (var record = 0; record < view.RecordCount; record++)
        {
            view.ShowRecord(record);
            if (rule.Source.Covers(view.Source) && rule.Matches(view))
            {
                var items = new List<MatchedItem>();
                Collect(rule.Matcher, "", view, items);
                return new MatchReason(rule.Info, [.. items.Take(MaxItems)], Math.Max(0, items.Count - MaxItems));
            }
        }

        return null;
    }

    private static void Collect(Matcher matcher, string search, EventView view, List<MatchedItem> items)
    {
        switch (matcher)
        {
            case AllOf all:
                foreach (var part in all.Parts)
                {
                    Collect(part, search, view, items);
                }

                break;
            case AnyOf any:
                // One is enough, for the rule and for whoever reads it.
                Collect(any.Parts.First(part => part.Matches(view)), search, view, items);
                break;
            case Search named:
                Collect(named.Part, named.Name, view, items);
                break;
            case Item item:
                items.Add(Describe(item, search, view));
                break;
            case Not:
                break;
            default:
                throw new InvalidOperationException($"no reason for {matcher.GetType().Name}");
        }
    }

    private static MatchedItem Describe(Item item, string search, EventView view)
    {
        var (asked, seen) = item switch
        {
            FieldItem field => (Held(field.Tests, field.All, test => test.HoldsForAny(view.Get(field.Field))), TextOf(view.Get(field.Field))),
            FieldExists exists => (TestWords.Of(item), TextOf(view.Get(exists.Field))),
            FieldReference reference => (TestWords.Of(item), TextOf(view.Get(reference.Field))),
            KeywordItem keywords => Found(keywords, view),
            _ => throw new InvalidOperationException($"no words for {item.GetType().Name}"),
        };
        var (shownAsked, shownSeen) = (Cut(asked), seen is null ? null : Cut(seen));
        return new MatchedItem(search, item.Key, shownAsked, shownSeen, shownAsked.Length < asked.Length || shownSeen?.Length < seen?.Length);
    }

    private static string Held(IReadOnlyList<ValueTest> tests, bool all, Func<ValueTest, bool> holds) =>
        all ? string.Join(" and ", tests.Select(TestWords.Of)) : tests.FirstOrDefault(holds) is { } test ? TestWords.Of(test) : "";

    private static (string Asked, string? Seen) Found(KeywordItem keywords, EventView view)
    {
        var test = keywords.Tests.First(test => KeywordItem.IsFound(test, view));
        for (var i = 0; view.TryGetSearchable(i, out var value); i++)
        {
            if (test.HoldsForAny(value))
            {
                return (Held(keywords.Tests, keywords.All, candidate => candidate == test), TextOf(value));
            }
        }

        return (TestWords.Of(test), null);
    }

    private static string? TextOf(FieldValue value)
    {
        if (value.Kind != FieldKind.List)
        {
            return value.Text;
        }

        var items = new List<string>();
        foreach (var item in value.Items[..Math.Min(MaxItems, value.Items.Length)])
        {
            items.Add(item.Text ?? "null");
        }

        return string.Join(", ", items);
    }

    private static string Cut(string text)
    {
        if (text.Length <= MaxLength)
        {
            return text;
        }

        // No cut may leave half a code point.
        return text[..(char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength)];
    }
}
