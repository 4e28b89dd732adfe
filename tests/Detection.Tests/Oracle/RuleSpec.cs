using System.Globalization;

namespace Detection.Tests.Oracle;

/// <summary>A correlation as it is drawn: plain facts for the oracle, YAML for the engine.</summary>
internal sealed record RuleSpec
{
    /// <summary>Name and title.</summary>
    public required string Name { get; init; }

    /// <summary>As in YAML.</summary>
    public required string Type { get; init; }

    /// <summary>Names of the referenced rules: letters, or other correlations.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>Group-by.</summary>
    public IReadOnlyList<GroupEntry> Groups { get; init; } = [];

    /// <summary>Window in seconds.</summary>
    public required int Seconds { get; init; }

    /// <summary>Numeric condition: all of them; empty = none.</summary>
    public IReadOnlyList<Bound> Bounds { get; init; } = [];

    /// <summary>Boolean condition.</summary>
    public Formula? Formula { get; init; }

    /// <summary>Fields of a value type.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>Which percentile.</summary>
    public decimal Percentile { get; init; } = 50;

    /// <summary>The referenced rules alert, too.</summary>
    public bool Generate { get; init; }

    /// <summary>Window in ns.</summary>
    public long TimespanNs => Seconds * 1_000_000_000L;

    /// <summary>True when events that were lost could have made a verdict false.</summary>
    public bool DependsOnAbsence => Type is "value_sum" or "value_avg" or "value_percentile" or "value_median"
        || Formula?.Negates == true || Bounds.Any(bound => bound.Operator is not ("gt" or "gte"));

    /// <summary>The rules a to d, which match the programs with their letter in the name.</summary>
    public static string Letters { get; } = string.Concat("abcd".Select(letter => $$"""
        title: {{letter}}
        name: {{letter}}
        logsource: { product: linux, category: process_creation }
        detection: { s: { Image|contains: {{letter}} }, condition: s }
        ---

        """));

    /// <summary>The document.</summary>
    public override string ToString()
    {
        List<string> keys = [$"type: {Type}", $"rules: [{string.Join(", ", Roles)}]", $"timespan: {Seconds}s"];
        if (Groups.Count > 0)
        {
            keys.Add($"group-by: [{string.Join(", ", Groups.Select(group => group.Name))}]");
        }

        if (Groups.FirstOrDefault(group => group.Fields is not null) is { Fields: { } fields } alias)
        {
            keys.Add($"aliases: {{ {alias.Name}: {{ {string.Join(", ", fields.Select(field => $"{field.Key}: {field.Value}"))} }} }}");
        }

        if (Formula is not null)
        {
            keys.Add($"condition: \"{Formula}\"");
        }
        else if (Bounds.Count > 0)
        {
            keys.Add($"condition: {{ {string.Join(", ", ConditionKeys())} }}");
        }

        if (Generate)
        {
            keys.Add("generate: true");
        }

        return $"title: {Name}\nname: {Name}\ncorrelation: {{ {string.Join(", ", keys)} }}\n";
    }

    private IEnumerable<string> ConditionKeys()
    {
        if (Fields.Count > 0)
        {
            yield return Fields.Count == 1 ? $"field: {Fields[0]}" : $"field: [{string.Join(", ", Fields)}]";
        }

        if (Type == "value_percentile")
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"percentile: {Percentile}");
        }

        foreach (var bound in Bounds)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{bound.Operator}: {bound.Number}");
        }
    }
}
