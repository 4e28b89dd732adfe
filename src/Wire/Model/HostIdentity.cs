namespace Wire.Model;

/// <summary>Where events come from. Equal for all events of one frame.</summary>
/// <param name="HostId">Stable id of the host: the EC2 instance id, else the machine id. Also the partition key. 1 to 128 characters.</param>
/// <param name="BootId">The kernel's boot id: sequence numbers start anew with it.</param>
/// <param name="HostName">The host's name for people; may be empty.</param>
/// <param name="Cloud">EC2 identity, or null outside EC2.</param>
public sealed record HostIdentity(string HostId, Guid BootId, string HostName, CloudIdentity? Cloud);

/// <summary>Identity document of an EC2 instance.</summary>
/// <param name="AccountId">12 digits.</param>
/// <param name="Region">For example <c>eu-west-1</c>.</param>
/// <param name="AvailabilityZone">For example <c>eu-west-1b</c>.</param>
/// <param name="InstanceId">For example <c>i-0123456789abcdef0</c>.</param>
/// <param name="InstanceType">For example <c>t4g.small</c>.</param>
public sealed record CloudIdentity(string AccountId, string Region, string AvailabilityZone, string InstanceId, string InstanceType);
