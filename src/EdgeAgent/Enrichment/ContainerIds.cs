namespace EdgeAgent.Enrichment;

/// <summary>Ids of containers by the ids of their cgroups, each looked up once. One thread only.</summary>
/// <param name="pathOf">The path of a cgroup; empty when unknown.</param>
/// <param name="capacity">Most cgroups that are remembered.</param>
internal sealed class ContainerIds(Func<ulong, string> pathOf, int capacity = 4096)
{
    private readonly Dictionary<ulong, string> _known = [];

    /// <summary>The container's id; empty for a process in none, and for a cgroup that was gone before it was first looked at.</summary>
    /// <param name="cgroupId">Id of the cgroup, 0 = unknown.</param>
    internal string Of(ulong cgroupId)
    {
        if (cgroupId == 0)
        {
            return "";
        }

        if (!_known.TryGetValue(cgroupId, out var id))
        {
            // Whoever makes many cgroups makes us look again, which is a few system calls for an event, and no more than that.
            if (_known.Count >= capacity)
            {
                _known.Clear();
            }

            id = ContainerPath.IdIn(pathOf(cgroupId));
            _known.Add(cgroupId, id);
        }

        return id;
    }
}
