using Wire.Model;

namespace Detection.Correlation;

/// <summary>The place of an event in the total order: time, host id, boot id, lane, sequence. Equal = the same event.</summary>
/// <param name="TimeNs">Event time, ns since 1970 UTC.</param>
/// <param name="Id">Identity.</param>
internal readonly record struct EventPlace(long TimeNs, EventId Id) : IComparable<EventPlace>
{
    /// <summary>The place of an event.</summary>
    public static EventPlace Of(HostEvent e) => new(e.TimeNs, e.Id);

    /// <inheritdoc/>
    public int CompareTo(EventPlace other)
    {
        var order = TimeNs.CompareTo(other.TimeNs);
        return order != 0 ? order : Id.CompareTo(other.Id);
    }
}
