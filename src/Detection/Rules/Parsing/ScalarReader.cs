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

        // Most plain texts are words, and no other word is ambiguous.
        if (char.IsAsciiLetter(text[0]) && text[0] is not ('y' or 'Y' or 'n' or 'N' or 'o' or 'O'))
        {
            return FieldValue.Of(text);
        }

        if (Ambiguous().IsMatch(text))
        {
            throw node.Fault($"'{text}' means different things to different YAML readers", "put it in quotes");
        }

        return Decimal().IsMatch(text)
            && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? FieldValue.Of(number)
                : FieldValue.Of(text);
    }

    // Booleans, octal, hexadecimal, binary, grouped and base-60 numbers, infinities.
    [GeneratedRegex(
        @"^((?i:yes|no|on|off)|[-+]?0[0-9][0-9_]*|[-+]?0[xob][0-9a-fA-F_]+|[-+]?[0-9]+_[0-9_]*"
        + @"|[-+]?[0-9]+(:[0-5]?[0-9])+|[-+]?\.(?i:inf)|\.(?i:nan))$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Ambiguous();

    [GeneratedRegex(@"^[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Decimal();
}
