using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace LocalPipeline.RuleTests;

/// <summary>Reads values of YAML nodes; what is wrong is a <see cref="RuleTestFault"/> at the node.</summary>
internal static class YamlReading
{
    internal static RuleTestFault Fault(this YamlNode node, string reason) => new(node.Start, reason);

    /// <summary>The entries of a map, by key. Only <paramref name="known"/> keys may stand there.</summary>
    internal static IReadOnlyDictionary<string, YamlNode> Entries(this YamlNode node, string what, params IReadOnlyList<string> known)
    {
        foreach (var (key, _) in node.Named(what))
        {
            if (!known.Contains(key.Value))
            {
                throw key.Fault($"{what} has no key '{key.Value}'; known: {string.Join(", ", known)}");
            }
        }

        return node.Named(what).ToDictionary(entry => entry.Key.Value!, entry => entry.Value);
    }

    /// <summary>The entries of a map whose keys are free, in the order written.</summary>
    internal static IEnumerable<(YamlScalarNode Key, YamlNode Value)> Named(this YamlNode node, string what) =>
        node is YamlMappingNode map
            ? map.Children.Select(child => (child.Key as YamlScalarNode ?? throw child.Key.Fault("a key must be text"), child.Value))
            : throw node.Fault($"{what} must be a map of keys and values");

    /// <summary>The items of a list.</summary>
    internal static IList<YamlNode> Items(this YamlNode node, string what) =>
        node is YamlSequenceNode list ? list.Children : throw node.Fault($"{what} must be a list");

    /// <summary>A text that is not empty.</summary>
    internal static string Text(this YamlNode node, string what) =>
        node is YamlScalarNode { Value.Length: > 0 } scalar ? scalar.Value : throw node.Fault($"{what} must be text");

    /// <summary>An absolute path.</summary>
    internal static string FilePath(this YamlNode node, string what)
    {
        var path = node.Text(what);
        return path.StartsWith('/') ? path : throw node.Fault($"{what} '{path}' is not an absolute path (of a file in memory: /memfd:name)");
    }

    internal static bool Boolean(this YamlNode node, string what) => node.Text(what) switch
    {
        "true" => true,
        "false" => false,
        var other => throw node.Fault($"{what} '{other}' is neither true nor false"),
    };

    internal static uint Number(this YamlNode node, string what, uint most) =>
        uint.TryParse(node.Text(what), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most
            ? number
            : throw node.Fault($"{what} '{node.Text(what)}' is not a number from 0 to {most}");

    /// <summary>One of several words.</summary>
    internal static string Word(this YamlNode node, string what, params IReadOnlyList<string> known) =>
        known.Contains(node.Text(what)) ? node.Text(what) : throw node.Fault($"{what} '{node.Text(what)}' is not one of {string.Join(", ", known)}");

    /// <summary>A number with a unit, for example <c>1.5s</c>, in ns.</summary>
    internal static long Duration(this YamlNode node, string what)
    {
        const decimal Longest = 366m * 24 * 3_600 * 1_000_000_000;
        var text = node.Text(what);
        var digits = text.AsSpan().TrimEnd("nuµmsh");
        decimal unit = text[digits.Length..] switch
        {
            "ns" => 1,
            "us" or "µs" => 1_000,
            "ms" => 1_000_000,
            "s" => 1_000_000_000,
            "m" => 60_000_000_000,
            "h" => 3_600_000_000_000,
            _ => 0,
        };
        return decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && unit > 0 && number <= Longest / unit && decimal.IsInteger(number * unit)
            ? (long)(number * unit)
            : throw node.Fault($"{what} '{text}' is not a time of at most a year in whole ns; write a number with ns, us, ms, s, m or h");
    }
}
