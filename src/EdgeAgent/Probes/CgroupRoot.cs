namespace EdgeAgent.Probes;

/// <summary>Finds the root of the cgroup v2 hierarchy, where network probes see every process.</summary>
internal static class CgroupRoot
{
    private const int MountPointField = 4;

    /// <summary>The mount point of cgroup2, also on hosts that use v1 beside it; null when none is mounted.</summary>
    /// <param name="mountInfo">Lines of /proc/self/mountinfo, see proc(5).</param>
    internal static string? Find(IEnumerable<string> mountInfo) => mountInfo
        .Select(line => line.Split(" - "))
        .Where(halves => halves.Length == 2 && halves[1].StartsWith("cgroup2 ", StringComparison.Ordinal))
        .Select(halves => halves[0].Split(' ')[MountPointField])
        .FirstOrDefault();
}
