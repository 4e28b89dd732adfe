namespace EdgeAgent.Options;

/// <summary>Use of the EC2 instance metadata service.</summary>
public enum MetadataMode
{
    /// <summary>Asked when the firmware says that this is an EC2 instance.</summary>
    Auto,

    /// <summary>Always asked.</summary>
    On,

    /// <summary>Never asked.</summary>
    Off,
}
