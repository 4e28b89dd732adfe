using System.Net;
using System.Text.RegularExpressions;
using Detection.Matching;
using Detection.Taxonomy;

namespace Detection.Rules.Parsing;

/// <summary>Reads one item of a search: <c>field|modifier…: value or list</c>.</summary>
internal static class ItemReader
{
    /// <summary>The compiled item.</summary>
    public static Matcher Read(RuleNode key, RuleNode value, FieldTable fields)
    {
        var parts = key.Value.Split('|');
        if (parts[0].Length == 0)
        {
            throw SearchReader.Keywords(key);
        }

        var field = fields.Get(parts[0]);
        var modifiers = Modifiers.Read(key, parts.AsSpan(1));
        if (modifiers.Exists)
        {
            return new FieldExists(field, value.Boolean("the value of exists")) { Key = key.Value, Line = key.Line };
        }

        var values = value.Kind == NodeKind.Sequence ? value.Items : [value];
        if (values.Count == 0)
        {
            throw value.Fault("the list of values is empty");
        }

        var item = new FieldItem(field, [.. values.Select(one => ReadTest(one, modifiers))], modifiers.All) { Key = key.Value, Line = key.Line };
        return modifiers.Neq ? new Not(item) : item;
    }

    private static ValueTest ReadTest(RuleNode node, Modifiers modifiers)
    {
        if (node.Kind != NodeKind.Scalar)
        {
            throw node.Fault("a value must be text, a number, true, false or null");
        }

        if (modifiers.Regex)
        {
            return ReadRegex(node, modifiers.RegexOptions);
        }

        var value = ScalarReader.Read(node);
        if (modifiers.Cidr)
        {
            return IPNetwork.TryParse(node.Value, out var network) && !HasHostBits(node.Value, network)
                ? new NetworkTest(network)
                : throw node.Fault($"'{node.Value}' is not a network", "address/length without host bits, for example 10.0.0.0/8");
        }

        if (modifiers.Comparison is { } comparison)
        {
            return value.Kind == FieldKind.Number
                ? new ComparisonTest(comparison, value.Number)
                : throw node.Fault("a comparison needs a number", "a number without quotes");
        }

        if (modifiers.NeedsText && value.Kind != FieldKind.Text)
        {
            throw node.Fault($"'{node.Value}' is not text, but the modifiers work on text", "put it in quotes");
        }

        return value.Kind switch
        {
            FieldKind.Null => new NullTest(),
            FieldKind.Boolean => new BooleanTest(value.IsTrue),
            FieldKind.Number => new NumberTest(value.Number),
            _ => new TextTest(StringPattern.Parse(node.Value, modifiers.Place, modifiers.Cased, modifiers.AnyDash)),
        };
    }

    // .NET masks them away; in a rule they are more likely a mistake.
    private static bool HasHostBits(string text, IPNetwork network) =>
        !IPAddress.TryParse(text.AsSpan(0, text.IndexOf('/', StringComparison.Ordinal)), out var address)
        || !address.Equals(network.BaseAddress);

    private static RegexTest ReadRegex(RuleNode node, RegexOptions options)
    {
        if (node.Value.Length == 0 || ScalarReader.IsNull(node))
        {
            throw node.Fault("an empty regular expression matches everything", "the modifier exists, or an expression");
        }

        try
        {
            var regex = new LinearRegex(node.Value, options);
            _ = regex.Regex;
            return new RegexTest(regex);
        }
        catch (RegexParseException e)
        {
            throw node.Fault("not a regular expression: " + e.Message);
        }
        catch (NotSupportedException e)
        {
            throw node.Fault(
                "the regular expression cannot be run in linear time: " + e.Message,
                "no look-around, back-reference, atomic group or large repetition; split it into several items");
        }
    }
}
