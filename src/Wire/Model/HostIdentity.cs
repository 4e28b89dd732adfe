namespace Wire.Model;

/// <summary>Where events come from. Equal for all events of one frame.</summary>
/// <param name="HostId">Stable id of the host: the EC2 instance id, else the machine id. Also the partition key. 1 to 128 characters.</param>
/// <param name="BootId">The kernel's boot id: sequence numbers start anew with it.</param>
/// <param name="HostName">The host's name for people; may be empty.</param>
/// <param name="Cloud">EC2 identity, or null outside EC2.</param>
public sealed record HostIdentity(string HostId, Guid BootId, string HostName, CloudIdentity? Cloud);
