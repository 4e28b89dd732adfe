using Detection.Taxonomy;
using Wire.Model;

namespace LocalPipeline.Replay;

/// <summary>Puts the events of a whole log in their order, each once.</summary>
internal static class FieldEventOrder
{
    /// <summary>The events by time, host and number, without those whose host and number were given before.</summary>
    /// <param name="events">The events, in the order of the file.</param>
    /// <remarks>
    /// They are numbered anew, without a hole: the numbers of a log may have any, and the engine takes a hole for a loss, and what fills
    /// it long after for a duplicate. An event that the log gives no number is never a duplicate.
    /// </remarks>
    internal static List<FieldEvent> Of(IReadOnlyList<FieldEvent> events)
    {
        var seen = new HashSet<EventId>();
        var last = new Dictionary<EventId, ulong>();
        var ordered = new List<FieldEvent>(events.Count);
        foreach (var e in events.OrderBy(e => e.TimeNs).ThenBy(e => e.Id))
        {
            if (e.IsNumbered && !seen.Add(e.Id))
            {
                continue;
            }

            var lane = e.Id with { Sequence = 0 };
            last[lane] = last.GetValueOrDefault(lane) + 1;
            ordered.Add(e.Numbered(last[lane]));
        }

        return ordered;
    }
}
