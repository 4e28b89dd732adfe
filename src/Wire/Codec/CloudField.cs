namespace Wire.Codec;

/// <summary>Field ids of <see cref="Model.CloudIdentity"/>. Never reuse one. All are blocks of text; absent = empty unless said otherwise.</summary>
internal static class CloudField
{
    /// <summary><see cref="Model.CloudIdentity.AccountId"/>.</summary>
    public const uint AccountId = 1;

    /// <summary><see cref="Model.CloudIdentity.AvailabilityZone"/>.</summary>
    public const uint AvailabilityZone = 2;

    /// <summary><see cref="Model.CloudIdentity.Region"/>. Absent = the zone less its last character.</summary>
    public const uint Region = 3;

    /// <summary><see cref="Model.CloudIdentity.InstanceId"/>. Absent = the host id.</summary>
    public const uint InstanceId = 4;

    /// <summary><see cref="Model.CloudIdentity.InstanceType"/>.</summary>
    public const uint InstanceType = 5;
}
