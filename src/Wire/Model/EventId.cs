namespace Wire.Model;

/// <summary>Identity of an event everywhere: an event with an id seen before is the same event, whatever carried it.</summary>
/// <param name="HostId">Host id.</param>
/// <param name="BootId">Boot id.</param>
/// <param name="Lane">Lane.</param>
/// <param name="Sequence">Number within the lane, taken in the kernel; starts at 1.</param>
public readonly record struct EventId(string HostId, Guid BootId, Lane Lane, ulong Sequence) : IComparable<EventId>
{
    /// <summary>Orders by host id (ordinal), boot id, lane, sequence.</summary>
    public int CompareTo(EventId other)
    {
        var order = string.CompareOrdinal(HostId, other.HostId);
        if (order == 0)
        {
            order = BootId.CompareTo(other.BootId);
        }

        if (order == 0)
        {
            // As numbers: the comparison of an enum boxes both sides.
            order = ((byte)Lane).CompareTo((byte)other.Lane);
        }

        return order == 0 ? Sequence.CompareTo(other.Sequence) : order;
    }

    /// <summary>Order of <see cref="CompareTo"/>.</summary>
    public static bool operator <(EventId left, EventId right) => left.CompareTo(right) < 0;

    /// <summary>Order of <see cref="CompareTo"/>.</summary>
    public static bool operator >(EventId left, EventId right) => left.CompareTo(right) > 0;

    /// <summary>Order of <see cref="CompareTo"/>.</summary>
    public static bool operator <=(EventId left, EventId right) => left.CompareTo(right) <= 0;

    /// <summary>Order of <see cref="CompareTo"/>.</summary>
    public static bool operator >=(EventId left, EventId right) => left.CompareTo(right) >= 0;
}
