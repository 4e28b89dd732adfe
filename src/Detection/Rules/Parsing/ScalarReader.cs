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
    /// <summary>The typed value of a scalar. Quoted scalars are texts.</summary>
    public static FieldValue Read(RuleNode node)
    {
        var text = node.Value;
        if (!node.IsPlain)
        {
            return FieldValue.Of(text);
        }

        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                return FieldValue.Null;
            case "true" or "True" or "TRUE":
                return FieldValue.Of(true);
            case "false" or "False" or "FALSE":
                return FieldValue.Of(false);
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
