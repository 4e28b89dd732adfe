using System.Buffers;
using Wire.Codec;
using Wire.Model;

namespace EdgeAgent.Batching;

/// <summary>Encodes frames; one that is larger than a record may be, its link included, is divided. One thread only.</summary>
internal sealed class FramePacker
{
    /// <summary>Most bytes of a frame that is still to be linked.</summary>
    internal const int MaxBytes = FrameFormat.MaxFrameBytes - FrameLink.Bytes;

    private readonly FrameEncoder _encoder = new(FrameLink.Bytes, packs: true);
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>
    /// The frame as one batch, or as several whose ranges join; the last one tells the progress and has the heartbeat. A single event within the sensor's
    /// limits always fits, for the encoder cuts its lineage; one beyond them is listed as lost.
    /// </summary>
    internal IReadOnlyList<Batch> Pack(Frame frame)
    {
        _bytes.Clear();
        if (_encoder.TryEncode(frame, _bytes))
        {
            return [new Batch(frame, _bytes.WrittenSpan.ToArray())];
        }

        if (frame.Events.Count == 1 && frame.Lost.Count < 2)
        {
            return Pack(WithoutEvent(frame));
        }

        var end = EndOfFront(frame);
        return
        [
            .. Pack(Part(frame, new SequenceRange(frame.Range.First, end), [], null)),
            .. Pack(Part(frame, new SequenceRange(end + 1, frame.Range.Last), frame.Progress, frame.Heartbeat)),
        ];
    }

    /// <summary>The middle of the events; of the lost ranges where there is only one event.</summary>
    private static ulong EndOfFront(Frame frame) => frame.Events.Count > 1
        ? frame.Events[(frame.Events.Count / 2) - 1].Sequence
        : frame.Lost[(frame.Lost.Count / 2) - 1].Range.Last;

    private static Frame WithoutEvent(Frame frame) => new()
    {
        Host = frame.Host,
        Lane = frame.Lane,
        Range = frame.Range,
        BootTimeUnixNs = frame.BootTimeUnixNs,
        Events = [],
        Lost =
        [
            .. frame.Lost.Append(new LostRange(new SequenceRange(frame.Events[0].Sequence, frame.Events[0].Sequence), LossCause.Unparsed))
                .OrderBy(l => l.Range.First),
        ],
        Progress = frame.Progress,
        Heartbeat = frame.Heartbeat,
    };

    /// <summary>A lost range never covers an event, so each lies wholly in one part.</summary>
    private static Frame Part(Frame frame, SequenceRange range, IReadOnlyList<LaneProgress> progress, Heartbeat? beat) => new()
    {
        Host = frame.Host,
        Lane = frame.Lane,
        Range = range,
        BootTimeUnixNs = frame.BootTimeUnixNs,
        Events = [.. frame.Events.Where(e => range.Contains(e.Sequence))],
        Lost = [.. frame.Lost.Where(l => range.Contains(l.Range.First))],
        Progress = progress,
        Heartbeat = beat,
    };
}
