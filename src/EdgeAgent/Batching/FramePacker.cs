using System.Buffers;
using Wire.Codec;
using Wire.Model;

namespace EdgeAgent.Batching;

/// <summary>Encodes frames; one that is larger than a record may be is divided. One thread only.</summary>
internal sealed class FramePacker
{
    private readonly FrameEncoder _encoder = new();
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>The frame as one batch, or as several whose ranges join. A single event always fits: the encoder cuts its lineage.</summary>
    internal IEnumerable<Batch> Pack(Frame frame)
    {
        _bytes.Clear();
        if (_encoder.TryEncode(frame, _bytes))
        {
            return [new Batch(frame, _bytes.WrittenSpan.ToArray())];
        }

        var (front, back) = Divide(frame);
        return Pack(front).Concat(Pack(back));
    }

    private static (Frame Front, Frame Back) Divide(Frame frame)
    {
        var middle = frame.Events.Count / 2;
        var end = frame.Events[middle - 1].Sequence;
        var front = new SequenceRange(frame.Range.First, end);
        var back = new SequenceRange(end + 1, frame.Range.Last);
        return (Part(frame, front, frame.Events.Take(middle)), Part(frame, back, frame.Events.Skip(middle)));
    }

    /// <summary>A lost range never covers an event, so each lies wholly in one part.</summary>
    private static Frame Part(Frame frame, SequenceRange range, IEnumerable<HostEvent> events) => new()
    {
        Host = frame.Host,
        Lane = frame.Lane,
        Range = range,
        BootTimeUnixNs = frame.BootTimeUnixNs,
        Events = [.. events],
        Lost = [.. frame.Lost.Where(l => range.Contains(l.Range.First))],
    };
}
