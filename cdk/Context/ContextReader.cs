using System.Globalization;
using System.Text.RegularExpressions;

namespace Cdk.Context;

/// <summary>Reads typed values from settings and collects what is wrong, instead of stopping at the first fault.</summary>
internal sealed class ContextReader(IReadOnlyDictionary<string, Setting> settings)
{
    private readonly List<ContextFault> _faults = [];

    /// <summary>What was wrong so far.</summary>
    public IReadOnlyList<ContextFault> Faults => _faults;

    /// <summary>Takes down a fault, and where the key stands.</summary>
    public void Fault(string key, string problem, string remedy) =>
        _faults.Add(new ContextFault(settings.TryGetValue(key, out var setting) ? setting.Origin : Setting.Context, key, problem, remedy));

    /// <summary>The trimmed value; null if the key is absent or its value blank.</summary>
    public string? Text(string key) =>
        settings.TryGetValue(key, out var value) && !string.IsNullOrWhiteSpace(value.Text) ? value.Text.Trim() : null;

    public bool Has(string key) => Text(key) is not null;

    public string? Matching(string key, Regex pattern, string remedy)
    {
        var value = Text(key);
        if (value is null || pattern.IsMatch(value))
        {
            return value;
        }

        Fault(key, $"'{value}' does not fit.", remedy);
        return null;
    }

    public IReadOnlyList<string> List(string key, Func<string, bool> valid, string remedy)
    {
        var items = (Text(key) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var item in items.Where(item => !valid(item)))
        {
            Fault(key, $"'{item}' does not fit.", remedy);
        }

        return [.. items.Distinct(StringComparer.Ordinal)];
    }

    public int Number(string key, int fallback, int least, int most)
    {
        var value = Text(key);
        if (value is null)
        {
            return fallback;
        }

        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most)
        {
            return number;
        }

        Fault(key, $"'{value}' does not fit.", $"Write a whole number from {least} to {most}; without it: {fallback}.");
        return fallback;
    }

    public T Choice<T>(string key, T fallback, params (string Word, T Value)[] choices)
    {
        var value = Text(key);
        if (value is null)
        {
            return fallback;
        }

        foreach (var (word, meaning) in choices)
        {
            if (word == value)
            {
                return meaning;
            }
        }

        Fault(key, $"'{value}' does not fit.", $"Write {string.Join(" or ", choices.Select(choice => choice.Word))}.");
        return fallback;
    }

    /// <summary>A switch, <c>true</c> or <c>false</c>.</summary>
    public bool Switch(string key, bool fallback) => Choice(key, fallback, ("true", true), ("false", false));

    /// <summary>Pairs of names and values, <c>name=value,name=value</c>.</summary>
    public IReadOnlyDictionary<string, string> Pairs(string key, Regex pattern, string remedy)
    {
        var pairs = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in List(key, pattern.IsMatch, remedy).Where(pair => pattern.IsMatch(pair)).Select(pair => pair.Split('=', 2)))
        {
            if (!pairs.TryAdd(pair[0], pair[1]))
            {
                Fault(key, $"'{pair[0]}' is there twice.", "Leave one of them.");
            }
        }

        return pairs;
    }

    /// <summary>Refuses what has no effect without another key.</summary>
    public void Needs(string key, string other, bool holds)
    {
        if (Has(key) && !holds)
        {
            Fault(key, "It has no effect.", $"Leave it out, or set {other}.");
        }
    }

    // What CDK's command writes into cdk.context.json for itself, and hands to the program with the rest.
    private static readonly string[] OfCdk = ["acknowledged-issue-numbers", "cli-telemetry"];

    /// <summary>Refuses keys nobody reads, lest a misspelt one end as a default. CDK's own hold one of ":@/", but for a few.</summary>
    public void RefuseUnknown(IReadOnlyList<string> known)
    {
        var unknown = settings.Keys.Where(key => key.IndexOfAny([':', '@', '/']) < 0 && !known.Contains(key) && !OfCdk.Contains(key));
        foreach (var key in unknown.Order(StringComparer.Ordinal))
        {
            Fault(key, "No such key.", $"Known keys: {string.Join(", ", known)}.");
        }
    }
}
