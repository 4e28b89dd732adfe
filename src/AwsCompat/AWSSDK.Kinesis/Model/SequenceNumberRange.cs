namespace Amazon.Kinesis.Model;

/// <summary>A range of sequence numbers, as decimal text.</summary>
public class SequenceNumberRange
{
    /// <summary>The lowest number.</summary>
    public string? StartingSequenceNumber { get; set; }

    /// <summary>The highest number; <c>null</c> while the shard is open.</summary>
    public string? EndingSequenceNumber { get; set; }
}
