using System.Numerics;

namespace Detection.Routing;

/// <summary>An index that looks into a value of an event, and the records whose guards its hits mark.</summary>
/// <param name="index">The index.</param>
/// <param name="record">Index of the first of those records.</param>
internal sealed class ValueReader(FieldIndex index, int record)
{
    /// <summary>The index.</summary>
    public FieldIndex Index => index;

    /// <summary>The records, a bit each.</summary>
    public int Records { get; private set; } = 1 << record;

    /// <summary>The first of them, by its index.</summary>
    public int FirstRecord => BitOperations.TrailingZeroCount(Records);

    /// <summary>The others, a bit each.</summary>
    public int OtherRecords => Records & (Records - 1);

    /// <summary>Adds a record that holds the value as well.</summary>
    public void Add(int record) => Records |= 1 << record;
}
