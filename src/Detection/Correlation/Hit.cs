using Wire.Model;

namespace Detection.Correlation;

/// <summary>An event that matched one referenced rule of a correlation.</summary>
internal sealed class Hit(HostEvent e, int role, GroupScope scope)
{
    private List<string>? _firedGroups;

    public HostEvent Event { get; } = e;

    /// <summary>Index of the referenced rule.</summary>
    public int Role { get; } = role;

    public GroupScope Scope { get; } = scope;

    /// <summary>Notes that the correlation fired at this event in a group.</summary>
    /// <returns>False when that was noted before.</returns>
    public bool TryMarkFired(string group)
    {
        _firedGroups ??= [];
        if (_firedGroups.Contains(group))
        {
            return false;
        }

        _firedGroups.Add(group);
        return true;
    }
}
