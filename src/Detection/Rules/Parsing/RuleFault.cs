namespace Detection.Rules.Parsing;

/// <summary>A rule cannot be loaded. Never leaves <see cref="RuleLoader"/>.</summary>
internal sealed class RuleFault(int line, int column, string reason, string wayOut) : Exception(reason)
{
    /// <summary>Line, from 1.</summary>
    public int Line { get; } = line;

    /// <summary>Column, from 1.</summary>
    public int Column { get; } = column;

    /// <summary>What to write instead.</summary>
    public string WayOut { get; } = wayOut;

    /// <summary>Other faults of the same document, found with this one; they have no further ones themselves.</summary>
    public IReadOnlyList<RuleFault> Further { get; init; } = [];

    /// <summary>This one and the others.</summary>
    public IEnumerable<RuleFault> All => Further.Prepend(this);
}
