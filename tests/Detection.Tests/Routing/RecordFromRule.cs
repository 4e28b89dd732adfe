using Detection.Matching;
using Detection.Rules;
using Detection.Taxonomy;
using Detection.Tests.SigmaLinux;

namespace Detection.Tests.Routing;

/// <summary>Records that hold what a rule asks for, or nearly.</summary>
internal sealed class RecordFromRule(Random random)
{
    private const string Keywords = "message";

    /// <summary>A record that one way through the rule's condition asks for, unless the rule is odd.</summary>
    public FieldsOnly Make(SigmaRule rule)
    {
        var record = new FieldsOnly();
        Fill(record, rule.Matcher);
        return record;
    }

    /// <summary>The record with one text changed: its case, a character less or more, or a character that only resembles.</summary>
    public FieldsOnly Changed(FieldsOnly record)
    {
        var changed = new FieldsOnly();
        var chosen = random.Next(Math.Max(1, record.Count));
        foreach (var (name, value) in record)
        {
            changed[name] = chosen-- == 0 ? FieldValue.Of(Changed(value.Text!)) : value;
        }

        return changed;
    }

    private string Changed(string text)
    {
        var at = random.Next(text.Length + 1);
        return random.Next(5) switch
        {
            0 => text.ToUpperInvariant(),
            1 => text.Length == 0 ? text : text.Remove(Math.Min(at, text.Length - 1), 1),
            2 => text.Insert(at, "x"),
            3 => text.Replace('k', '\u212A').Replace('i', '\u0131').Replace('s', '\u017F'),
            _ => "x" + text + "x",
        };
    }

    private void Fill(FieldsOnly record, Matcher matcher)
    {
        switch (matcher)
        {
            case AllOf all:
                all.Parts.ToList().ForEach(part => Fill(record, part));
                break;
            case AnyOf any:
                Fill(record, any.Parts[random.Next(any.Parts.Count)]);
                break;
            case Search search:
                Fill(record, search.Part);
                break;
            case FieldItem item:
                Fill(record, item.Field.Name, item.Tests, item.All);
                break;
            case KeywordItem keywords:
                Fill(record, Keywords, keywords.Tests, keywords.All);
                break;
            default:
                break;
        }
    }

    private void Fill(FieldsOnly record, string field, IReadOnlyList<ValueTest> tests, bool all)
    {
        foreach (var test in all ? tests : [tests[random.Next(tests.Count)]])
        {
            if (Samples.Of(test) is { } sample)
            {
                var before = record.TryGetValue(field, out var value) ? value.Text! : "";
                record[field] = FieldValue.Of(sample.Place switch
                {
                    PatternPlace.Whole => sample.Text,
                    PatternPlace.Start => sample.Text + before,
                    _ => before + sample.Text,
                });
            }
        }
    }
}
