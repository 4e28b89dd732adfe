using Amazon.Runtime;

namespace Amazon.Kinesis;

/// <summary>How the capacity of a stream is set.</summary>
public class StreamMode : ConstantClass
{
    /// <summary>The service chooses the shards.</summary>
    public static readonly StreamMode ON_DEMAND = new("ON_DEMAND");

    /// <summary>The owner chooses the shards.</summary>
    public static readonly StreamMode PROVISIONED = new("PROVISIONED");

    /// <summary>A value by its text, also one that this version does not know.</summary>
    public StreamMode(string value)
        : base(value)
    {
    }

    /// <summary>The constant of this text, or a new value.</summary>
    public static implicit operator StreamMode?(string? value) => value is null ? null : FindValue<StreamMode>(value);
}
