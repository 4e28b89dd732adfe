using Detection.Taxonomy;
using Wire.Codec;
using Wire.Model;

namespace Detection.State;

/// <summary>
/// The events that a state refers to, each once. Events of our sensor are kept as the frames they came in, so that an alert written
/// after a restart can say all that one before could.
/// </summary>
internal sealed class EventTableWriter
{
    /// <summary>Events of a frame: few enough for any frame to fit.</summary>
    private const int EventsPerFrame = 128;

    private readonly Dictionary<HostEvent, int> _numbers = new(ReferenceEqualityComparer.Instance);
    private readonly List<HostEvent> _events = [];

    /// <summary>Takes an event up.</summary>
    /// <returns>Its number.</returns>
    public int Add(HostEvent e)
    {
        if (_numbers.TryAdd(e, _events.Count))
        {
            _events.Add(e);
        }

        return _numbers[e];
    }

    /// <summary>Writes the table.</summary>
    public void Write(StateWriter writer)
    {
        writer.WriteCount(_events.Count);
        writer.WriteList([.. _events.OfType<FieldEvent>()], e =>
        {
            writer.WriteCount(_numbers[e]);
            FieldEventCodec.Write(writer, e);
        });
        var chunks = _events.Where(e => e is not FieldEvent)
            .GroupBy(e => (e.Host, e.Lane, BootTime: e.TimeNs - (long)e.BootNs))
            .SelectMany(group => Ascending(group).SelectMany(events => events.Chunk(EventsPerFrame)))
            .ToList();
        writer.WriteList(chunks, chunk => WriteFrame(writer, chunk));
    }

    // An event whose number was forgotten, and that came again, is there twice; a frame has a number only once.
    private static List<List<HostEvent>> Ascending(IEnumerable<HostEvent> events)
    {
        var lists = new List<List<HostEvent>>();
        foreach (var e in events.OrderBy(e => e.Sequence))
        {
            var i = 0;
            while (i < lists.Count && lists[i][^1].Sequence == e.Sequence)
            {
                i++;
            }

            if (i == lists.Count)
            {
                lists.Add([]);
            }

            lists[i].Add(e);
        }

        return lists;
    }

    private void WriteFrame(StateWriter writer, HostEvent[] events)
    {
        var bytes = new FrameEncoder().Encode(new Frame
        {
            Host = events[0].Host,
            Lane = events[0].Lane,
            Range = new SequenceRange(events[0].Sequence, events[^1].Sequence),
            BootTimeUnixNs = events[0].TimeNs - (long)events[0].BootNs,
            Events = events,
        });
        writer.WriteList(bytes, writer.Write);
        foreach (var e in events)
        {
            writer.WriteCount(_numbers[e]);
        }
    }
}
