using System.Globalization;
using System.Text.RegularExpressions;
using Detection.Taxonomy;

namespace Detection.Rules.Parsing;

/// <summary>
/// Types of plain YAML scalars by the core schema of YAML 1.2. What YAML 1.1 readers take for another type is refused: a rule must
/// mean the same everywhere.
/// </summary>
internal static partial class ScalarReader
{
    // Digits that any long holds.
    private const int MaxShort = 18;

    /// <summary>True when a scalar is null. Unlike <see cref="Read"/> it refuses nothing.</summary>
    public static bool IsNull(RuleNode node) => node.IsPlain && node.Value is ("" or "~" or "null" or "Null" or "NULL");

    /// <summary>What a plain scalar says if it is a boolean, else null.</summary>
    public static bool? Boolean(string plain) => plain switch
    {
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        _ => null,
    };

    /// <summary>The typed value of a scalar. Quoted scalars are texts.</summary>
    public static FieldValue Read(RuleNode node)
    {
        var text = node.Value;
        if (!node.IsPlain)
        {
            return FieldValue.Of(text);
        }

        if (IsNull(node))
        {
            return FieldValue.Null;
        }

        if (Boolean(text) is { } truth)
        {
            return FieldValue.Of(truth);
        }

        // Nearly all plain texts are words, paths, options or natural numbers, and need no expression.
        if (!MayBeNumber(text))
        {
            return IsAmbiguousWord(text) ? throw Ambiguous(node) : FieldValue.Of(text);
        }

        if (text[0] != '0' && text.Length < MaxShort && text.All(char.IsAsciiDigit))
        {
            return FieldValue.Of(long.Parse(text, CultureInfo.InvariantCulture));
        }

        if (AmbiguousNumber().IsMatch(text))
        {
            throw Ambiguous(node);
        }

        return Decimal().IsMatch(text)
            && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? FieldValue.Of(number)
                : FieldValue.Of(text);
    }

    private static bool MayBeNumber(string text) =>
        (char.IsAsciiDigit(text[0]) || text[0] is '+' or '-' or '.') && (text.Any(char.IsAsciiDigit) || text.Contains('.', StringComparison.Ordinal))
        && text.All(c => char.IsAsciiHexDigit(c) || c is '+' or '-' or '.' or '_' or ':' or 'x' or 'o' or 'i' or 'I' or 'n' or 'N');

    private static bool IsAmbiguousWord(string text) => text.Length <= 3
        && (text.Equals("yes", StringComparison.OrdinalIgnoreCase) || text.Equals("no", StringComparison.OrdinalIgnoreCase)
            || text.Equals("on", StringComparison.OrdinalIgnoreCase) || text.Equals("off", StringComparison.OrdinalIgnoreCase));

    private static RuleFault Ambiguous(RuleNode node) =>
        node.Fault($"'{node.Value}' means different things to different YAML readers", "put it in quotes");

    // Octal, hexadecimal, binary, grouped and base-60 numbers, infinities.
    [GeneratedRegex(
        @"^([-+]?0[0-9][0-9_]*|[-+]?0[xob][0-9a-fA-F_]+|[-+]?[0-9]+_[0-9_]*|[-+]?[0-9]+(:[0-5]?[0-9])+|[-+]?\.(?i:inf)|\.(?i:nan))$",
        RegexOptions.CultureInvariant)]
    private static partial Regex AmbiguousNumber();

    [GeneratedRegex(@"^[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Decimal();
}
