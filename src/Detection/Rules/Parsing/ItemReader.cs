using Detection.Matching;
using Detection.Taxonomy;

namespace Detection.Rules.Parsing;

/// <summary>Reads one item of a search: <c>field|modifier…: value or list</c>; without a field the values are keywords.</summary>
internal static class ItemReader
{
    /// <summary>The compiled item, without values that are faulty: those are in <see cref="ReadContext.Faults"/>.</summary>
    public static Matcher Read(RuleNode key, RuleNode value, ReadContext context)
    {
        var parts = key.Value.Split('|');
        var modifiers = Modifiers.Read(key, parts.AsSpan(1));
        var values = value.Kind == NodeKind.Sequence ? value.Items : [value];
        if (values.Count == 0)
        {
            throw value.Fault("the list of values is empty", "at least one value");
        }

        if (parts[0].Length == 0)
        {
            return Negate(modifiers, Keywords(key, key.Value, values, modifiers, context));
        }

        var field = context.Fields.Get(parts[0]);
        return modifiers.Kind switch
        {
            ItemKind.Presence => new FieldExists(field, value.Boolean("the value of exists")) { Key = key.Value, Line = key.Line },
            ItemKind.OtherField => Negate(modifiers, References(key, field, values, modifiers, context)),
            _ => Negate(modifiers, new FieldItem(field, Tests(values, modifiers, modifiers.Place, context), modifiers.All)
            {
                Key = key.Value,
                Line = key.Line,
            }),
        };
    }

    /// <summary>The keywords of a list without a key.</summary>
    public static Matcher ReadKeywords(RuleNode place, IReadOnlyList<RuleNode> words, ReadContext context) =>
        Keywords(place, "", words, Modifiers.None, context);

    /// <summary>A field that must have a value; the key holds no modifiers.</summary>
    public static Matcher ReadEquality(RuleNode key, RuleNode value, ReadContext context) =>
        new FieldItem(context.Fields.Get(key.Value), Tests([value], Modifiers.None, PatternPlace.Whole, context), all: false)
        {
            Key = key.Value,
            Line = key.Line,
        };

    private static Matcher Negate(Modifiers modifiers, Matcher item) => modifiers.Neq ? new Not(item) : item;

    private static KeywordItem Keywords(RuleNode place, string key, IReadOnlyList<RuleNode> words, Modifiers modifiers, ReadContext context)
    {
        if (modifiers.Kind is not (ItemKind.Value or ItemKind.Expression or ItemKind.Network))
        {
            throw place.Fault($"the modifiers of '{key}' need a field", "the name of a field before the first |");
        }

        foreach (var word in words)
        {
            if (word.Kind == NodeKind.Scalar && (word.Value.Length == 0 || ScalarReader.IsNull(word)))
            {
                throw word.Fault("an empty keyword is found in everything", "the text to look for");
            }
        }

        // A keyword may stand anywhere in a value, unless a modifier says where.
        var where = modifiers.Place == PatternPlace.Whole ? PatternPlace.Anywhere : modifiers.Place;
        return new KeywordItem(Tests(words, modifiers, where, context, areKeywords: true), modifiers.All) { Key = key, Line = place.Line };
    }

    private static Matcher References(RuleNode key, Field field, IReadOnlyList<RuleNode> names, Modifiers modifiers, ReadContext context)
    {
        var parts = new List<Matcher>();
        foreach (var name in names)
        {
            if (name.Kind != NodeKind.Scalar || ScalarReader.Read(name).Kind != FieldKind.Text || name.Value.Length == 0)
            {
                throw name.Fault("the value of fieldref must be the name of a field", "for example fieldref: ParentImage");
            }

            parts.Add(new FieldReference(field, context.Fields.Get(name.Value), modifiers.Place, modifiers.Cased) { Key = key.Value, Line = key.Line });
        }

        return modifiers.All ? AllOf.Of(parts) : AnyOf.Of(parts);
    }

    private static List<ValueTest> Tests(
        IReadOnlyList<RuleNode> values, Modifiers modifiers, PatternPlace place, ReadContext context, bool areKeywords = false)
    {
        var tests = new List<ValueTest>(values.Count);
        foreach (var value in values)
        {
            context.Faults.Try(() => AddTests(tests, value, modifiers, place, context, areKeywords));
        }

        return tests;
    }

    private static void AddTests(
        List<ValueTest> tests, RuleNode value, Modifiers modifiers, PatternPlace place, ReadContext context, bool isKeyword)
    {
        if (value.Kind != NodeKind.Scalar)
        {
            throw value.Fault("a value must be text, a number, true, false or null", "one list of such values");
        }

        if (modifiers.Kind != ItemKind.Value)
        {
            tests.Add(SpecialTest(value, modifiers, context));
            return;
        }

        var typed = ScalarReader.Read(value);
        if (typed.Kind != FieldKind.Text && !isKeyword)
        {
            tests.Add(TypedTest(value, typed, modifiers));
            return;
        }

        if (typed.Kind != FieldKind.Text && modifiers.NeedsText)
        {
            throw NotText(value);
        }

        var patterns = PatternReader.Read(value, modifiers, place, context).Select(pattern => new TextTest(pattern)).ToList();
        if (modifiers.All && patterns.Count > 1)
        {
            tests.Add(new AnyTest(patterns));
        }
        else
        {
            tests.AddRange(patterns);
        }
    }

    private static ValueTest TypedTest(RuleNode node, FieldValue value, Modifiers modifiers) => value.Kind switch
    {
        _ when modifiers.NeedsText => throw NotText(node),
        FieldKind.Null => new NullTest(),
        FieldKind.Boolean => new BooleanTest(value.IsTrue),
        _ => new NumberTest(value.Number),
    };

    private static RuleFault NotText(RuleNode node) =>
        node.Fault($"'{node.Value}' is not text, but the modifiers work on text", "put it in quotes");

    private static ValueTest SpecialTest(RuleNode node, Modifiers modifiers, ReadContext context)
    {
        switch (modifiers.Kind)
        {
            case ItemKind.Expression:
                return new RegexTest(ExpressionReader.Read(node, modifiers, context));
            case ItemKind.Network:
                return NetworkTest.TryParse(node.Value)
                    ?? throw node.Fault($"'{node.Value}' is not a network", "address/length without host bits, for example 10.0.0.0/8");
            default:
                break;
        }

        var value = ScalarReader.Read(node);
        if (value.Kind != FieldKind.Number)
        {
            throw node.Fault("a comparison needs a number", "a number without quotes");
        }

        if (modifiers.Kind == ItemKind.Comparison)
        {
            return new ComparisonTest(modifiers.Comparison, value.Number);
        }

        return TimePart(node, modifiers, value.Number);
    }

    private static TimePartTest TimePart(RuleNode node, Modifiers modifiers, decimal bound)
    {
        if (bound != decimal.Truncate(bound))
        {
            throw node.Fault("a part of a time is a whole number", "a number without decimals");
        }

        return TimePartTest.CanHold(modifiers.TimePart, modifiers.Comparison, bound)
            ? new TimePartTest(modifiers.TimePart, modifiers.Comparison, bound)
            : throw node.Fault(
                $"no time has such a part: '{node.Value}' can never match", "minute 0 to 59, hour 0 to 23, day 1 to 31, week 1 to 53, month 1 to 12, year 1 to 9999");
    }
}
