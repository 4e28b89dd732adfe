using EdgeAgent.Batching;
using Support;
using Wire.Codec;
using Wire.Model;

namespace EdgeAgent.Tests.Batching;

public sealed class FramePackerTests
{
    private readonly FramePacker _packer = new();

    [Fact]
    public void An_event_that_no_frame_can_hold_is_listed_as_lost()
    {
        var huge = Some.FileOpen("/" + new string('x', FrameFormat.MaxFrameBytes), sequence: 5);

        var batch = Assert.Single(new FramePacker().Pack(Some.Frame([huge], new SequenceRange(4, 6))));

        Assert.Equal([new LostRange(new SequenceRange(5, 5), LossCause.Unparsed)], batch.Decode().Lost);
        Assert.Equal(new SequenceRange(4, 6), batch.Range);
    }

    [Fact]
    public void Frame_that_fits_becomes_one_batch_that_decodes_to_the_same_frame()
    {
        var frame = Some.Frame([Some.Exec(sequence: 5), Some.FileOpen(sequence: 7)]);
        var batch = Assert.Single(_packer.Pack(frame));
        Assert.True(FrameDecoder.TryDecode(batch.Bytes.Span, out var decoded, out _));
        Assert.Equal(FrameText.Of(frame), FrameText.Of(decoded));
        Assert.Equal((frame.Host.HostId, frame.Lane, frame.Range, 2), (batch.HostId, batch.Lane, batch.Range, batch.EventCount));
    }

    [Fact]
    public void Heartbeat_of_a_frame_that_is_divided_leaves_once_and_with_the_last_part()
    {
        var events = Enumerable.Range(0, 600)
            .Select(i => Some.FileOpen(process: Some.Process(arguments: [$"{i}" + new string('x', 4000)]), sequence: 10 + (ulong)i)).ToArray<HostEvent>();
        var frame = new Frame
        {
            Host = Some.Host(), Lane = Lane.High, Range = new SequenceRange(4, 2000), BootTimeUnixNs = Some.BootTimeUnixNs, Events = events,
            Heartbeat = new Heartbeat { TakenBootNs = 77 },
        };
        var frames = _packer.Pack(frame).Select(b => b.Decode()).ToList();
        Assert.True(frames.Count > 1);
        Assert.All(frames.SkipLast(1), f => Assert.Null(f.Heartbeat));
        Assert.Equal(77ul, frames[^1].Heartbeat!.TakenBootNs);
    }

    [Fact]
    public void Frame_larger_than_a_record_is_divided_into_frames_that_join_and_keep_events_and_losses()
    {
        var events = Enumerable.Range(0, 600)
            .Select(i => Some.Exec(Some.Process(arguments: [$"{i}" + new string('x', 4000)]), sequence: 10 + (3 * (ulong)i))).ToArray<HostEvent>();
        var lost = events.Select(e => new LostRange(new SequenceRange(e.Sequence + 1, e.Sequence + 1), LossCause.Kernel)).ToArray();
        var frame = Some.Frame(events, new SequenceRange(4, 2000), lost);
        var batches = _packer.Pack(frame);
        Assert.True(batches.Count > 1);
        Assert.All(batches, b => Assert.True(b.Bytes.Length <= FrameFormat.MaxFrameBytes));
        Assert.Equal((4ul, 2000ul), (batches[0].Range.First, batches[^1].Range.Last));
        Assert.All(batches.Zip(batches.Skip(1)), pair => Assert.Equal(pair.First.Range.Last + 1, pair.Second.Range.First));
        Assert.Equal(events.Select(e => e.Sequence), batches.SelectMany(b => b.Decode().Events).Select(e => e.Sequence));
        Assert.Equal(lost, batches.SelectMany(b => b.Decode().Lost));
        Assert.All(batches, b => Assert.True(FrameDecoder.TryDecode(b.Bytes.Span, out _, out _)));
    }

    [Fact]
    public void Of_the_parts_of_a_frame_the_last_one_tells_the_progress()
    {
        var parts = _packer.Pack(WithProgress(
            [.. Enumerable.Range(4, 200).Select(i => Some.FileOpen($"/{i}{new string('a', 8_000)}", sequence: (ulong)i))]));
        Assert.Equal([0, 1], parts.Select(b => b.Decode().Progress.Count));
        var lost = Assert.Single(_packer.Pack(WithProgress(Some.FileOpen("/" + new string('x', FrameFormat.MaxFrameBytes), sequence: 4))));
        Assert.Equal([new LaneProgress(Lane.High, 5, 77)], lost.Decode().Progress);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Frame_with_more_lost_ranges_than_one_may_hold_is_divided_also_without_events(int events)
    {
        const ulong Ranges = FrameFormat.MaxLostRanges + 10;
        var lost = Enumerable.Range(0, (int)Ranges)
            .Select(i => new LostRange(new SequenceRange(1 + (2 * (ulong)i), 1 + (2 * (ulong)i)), LossCause.Kernel)).ToArray();
        var frame = Some.Frame(events == 0 ? [] : [Some.Connect(sequence: 2)], new SequenceRange(1, 2 * Ranges), lost);
        var batches = _packer.Pack(frame);
        Assert.Equal(2, batches.Count);
        Assert.Equal(lost, batches.SelectMany(b => b.Decode().Lost));
        Assert.Equal(events, batches.Sum(b => b.EventCount));
        Assert.Equal(batches[0].Range.Last + 1, batches[1].Range.First);
    }

    [Fact]
    public void Single_event_with_the_longest_lineage_fits()
    {
        var process = Some.Init;
        for (uint i = 0; i < 400; i++)
        {
            process = Some.Process("/" + new string('é', 4000) + i, [new string('é', 2000) + i], process, pid: 1000 + i);
        }

        Assert.Single(_packer.Pack(Some.Frame([Some.Exec(process, sequence: 9)])));
    }

    private static Frame WithProgress(params HostEvent[] events) => new()
    {
        Host = Some.Host(), Lane = Lane.High, Range = new SequenceRange(4, Math.Max(5, events[^1].Sequence)), BootTimeUnixNs = Some.BootTimeUnixNs, Events = events,
        Progress = [new LaneProgress(Lane.High, 5, 77)],
    };
}
