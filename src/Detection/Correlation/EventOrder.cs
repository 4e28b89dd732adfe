using Wire.Model;

namespace Detection.Correlation;

/// <summary>The total order of events: time in ns, host id, boot id, lane, sequence. Equal = the same event.</summary>
internal static class EventOrder
{
    /// <summary>Below 0 when <paramref name="left"/> is first.</summary>
    public static int Compare(HostEvent left, HostEvent right)
    {
        var order = left.TimeNs.CompareTo(right.TimeNs);
        return order != 0 ? order : left.Id.CompareTo(right.Id);
    }
}
