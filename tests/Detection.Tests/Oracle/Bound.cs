namespace Detection.Tests.Oracle;

/// <summary>One part of a numeric condition.</summary>
/// <param name="Operator">As in YAML.</param>
/// <param name="Number">What to compare with.</param>
internal sealed record Bound(string Operator, decimal Number)
{
    /// <summary>Truth of <c>value × count operator number × count</c>, so that a mean needs no division.</summary>
    public bool Holds(decimal total, decimal count = 1)
    {
        var order = total.CompareTo(Number * count);
        return Operator switch
        {
            "gt" => order > 0,
            "gte" => order >= 0,
            "lt" => order < 0,
            "lte" => order <= 0,
            "eq" => order == 0,
            "neq" => order != 0,
            _ => throw new InvalidOperationException(),
        };
    }
}
