using System.Buffers;
using Detection.Taxonomy;
using Wire.Codec;
using Wire.Model;

namespace Detection.State;

/// <summary>
/// The events that a state refers to, each once. Events of our sensor are kept as the frames they came in, so that an alert written
/// after a restart can say all that one before could.
/// </summary>
/// <param name="encoder">Encodes the frames.</param>
internal sealed class EventTableWriter(FrameEncoder encoder)
{
    /// <summary>Most events of a frame; fewer where they are large.</summary>
    private const int EventsPerFrame = 128;

    private readonly Dictionary<HostEvent, int> _numbers = new(ReferenceEqualityComparer.Instance);
    private readonly List<HostEvent> _events = [];

    /// <summary>Takes an event up.</summary>
    /// <returns>Its number.</returns>
    public int Add(HostEvent e)
    {
        if (_numbers.TryGetValue(e, out var known))
        {
            return known;
        }

        _numbers.Add(e, _events.Count);
        _events.Add(e);
        return _events.Count - 1;
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
        var frames = _events.Where(e => e is not FieldEvent)
            .GroupBy(e => (e.Host, e.Lane, BootTime: e.TimeNs - (long)e.BootNs))
            .SelectMany(group => Ascending(group).SelectMany(events => events.Chunk(EventsPerFrame)))
            .SelectMany(Frames)
            .ToList();
        writer.WriteList(frames, frame => WriteFrame(writer, frame.Bytes, frame.Events));
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

    private IEnumerable<(byte[] Bytes, HostEvent[] Events)> Frames(HostEvent[] events)
    {
        var bytes = new ArrayBufferWriter<byte>();
        var frame = new Frame
        {
            Host = events[0].Host,
            Lane = events[0].Lane,
            Range = new SequenceRange(events[0].Sequence, events[^1].Sequence),
            BootTimeUnixNs = events[0].TimeNs - (long)events[0].BootNs,
            Events = events,
        };
        if (encoder.TryEncode(frame, bytes))
        {
            return [(bytes.WrittenSpan.ToArray(), events)];
        }

        return events.Length > 1
            ? [.. Frames(events[..(events.Length / 2)]), .. Frames(events[(events.Length / 2)..])]
            : throw new InvalidOperationException($"event {events[0].Sequence} is larger than any frame that it can have come in");
    }

    private void WriteFrame(StateWriter writer, byte[] bytes, HostEvent[] events)
    {
        writer.WriteBlock(bytes);
        foreach (var e in events)
        {
            writer.WriteCount(_numbers[e]);
        }
    }
}
