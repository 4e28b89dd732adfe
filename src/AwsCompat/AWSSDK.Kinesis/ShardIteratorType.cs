using Amazon.Runtime;

namespace Amazon.Kinesis;

/// <summary>Where reading of a shard begins.</summary>
public class ShardIteratorType : ConstantClass
{
    /// <summary>Just after a given record.</summary>
    public static readonly ShardIteratorType AFTER_SEQUENCE_NUMBER = new("AFTER_SEQUENCE_NUMBER");

    /// <summary>At a given record.</summary>
    public static readonly ShardIteratorType AT_SEQUENCE_NUMBER = new("AT_SEQUENCE_NUMBER");

    /// <summary>At the first record not older than a given time.</summary>
    public static readonly ShardIteratorType AT_TIMESTAMP = new("AT_TIMESTAMP");

    /// <summary>After the newest record.</summary>
    public static readonly ShardIteratorType LATEST = new("LATEST");

    /// <summary>At the oldest record kept.</summary>
    public static readonly ShardIteratorType TRIM_HORIZON = new("TRIM_HORIZON");

    /// <summary>A value by its text, also one that this version does not know.</summary>
    public ShardIteratorType(string value)
        : base(value)
    {
    }

    /// <summary>The constant of this text, or a new value.</summary>
    public static implicit operator ShardIteratorType?(string? value) =>
        value is null ? null : FindValue<ShardIteratorType>(value);
}
