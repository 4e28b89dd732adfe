using Amazon.Runtime;

namespace Amazon.Kinesis;

/// <summary>How the service keeps a record at rest.</summary>
public class EncryptionType : ConstantClass
{
    /// <summary>Encrypted with a KMS key.</summary>
    public static readonly EncryptionType KMS = new("KMS");

    /// <summary>Not encrypted.</summary>
    public static readonly EncryptionType NONE = new("NONE");

    /// <summary>A value by its text, also one that this version does not know.</summary>
    public EncryptionType(string value)
        : base(value)
    {
    }

    /// <summary>The constant of this text, or a new value.</summary>
    public static implicit operator EncryptionType?(string? value) => value is null ? null : FindValue<EncryptionType>(value);
}
