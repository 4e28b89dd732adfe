namespace Wire.Model;

/// <summary>
/// The namespaces that a process is in, by the inode numbers that <c>/proc/PID/ns</c> shows (namespaces(7)); 0 = unknown. Processes of one container share
/// them; two on one host that differ in one do not see the same of it.
/// </summary>
/// <param name="Mount">Of mounts.</param>
/// <param name="Pid">Of process ids.</param>
/// <param name="Network">Of the network.</param>
/// <param name="User">Of user ids and capabilities.</param>
public readonly record struct Namespaces(uint Mount, uint Pid, uint Network, uint User)
{
    /// <summary>Of all parts, seeded: a user may make any number of namespaces.</summary>
    public override int GetHashCode() => HashCode.Combine(Mount, Pid, Network, User);
}
