namespace Amazon.Kinesis.Model;

/// <summary>A closed range of 128-bit hash keys, as decimal text.</summary>
public class HashKeyRange
{
    /// <summary>The lowest key.</summary>
    public string? StartingHashKey { get; set; }

    /// <summary>The highest key.</summary>
    public string? EndingHashKey { get; set; }
}
