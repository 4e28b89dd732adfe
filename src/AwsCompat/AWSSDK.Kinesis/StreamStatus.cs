using Amazon.Runtime;

namespace Amazon.Kinesis;

/// <summary>The state of a stream.</summary>
public class StreamStatus : ConstantClass
{
    /// <summary>It can be read and written.</summary>
    public static readonly StreamStatus ACTIVE = new("ACTIVE");

    /// <summary>It is being made; neither read nor written.</summary>
    public static readonly StreamStatus CREATING = new("CREATING");

    /// <summary>It is going away.</summary>
    public static readonly StreamStatus DELETING = new("DELETING");

    /// <summary>Shards or settings change; it can be read and written.</summary>
    public static readonly StreamStatus UPDATING = new("UPDATING");

    /// <summary>A value by its text, also one that this version does not know.</summary>
    public StreamStatus(string value)
        : base(value)
    {
    }

    /// <summary>The constant of this text, or a new value.</summary>
    public static implicit operator StreamStatus?(string? value) => value is null ? null : FindValue<StreamStatus>(value);
}
