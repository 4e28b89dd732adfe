using Detection.Matching;
using Detection.Taxonomy;

namespace Detection.Rules.Parsing;

/// <summary>What the documents of one pack share while they are read. Not thread-safe.</summary>
internal sealed class ReadContext
{
    /// <summary>The fields that were named so far.</summary>
    public FieldTable Fields { get; } = new();

    /// <summary>Values for <c>expand</c>.</summary>
    public PlaceholderTable Placeholders { get; } = new();

    /// <summary>What is wrong with the document that is being read.</summary>
    public FaultList Faults { get; } = new();

    /// <summary>What the rules of the pack may still cost.</summary>
    public CostBudget Budget { get; } = new();

    /// <summary>Expressions read so far, by number of their options and text: many rules ask for the same one.</summary>
    public Dictionary<string, LinearRegex> Expressions { get; } = [];
}
