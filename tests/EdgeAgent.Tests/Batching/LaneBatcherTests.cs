using EdgeAgent.Batching;
using EdgeAgent.Enrichment;
using EdgeAgent.Options;
using EdgeAgent.Probes;
using Support;
using Wire.Codec;
using Wire.Model;

namespace EdgeAgent.Tests.Batching;

public sealed class LaneBatcherTests
{
    private static readonly AgentOptions Options = new() { FrameBytes = 4096 };
    private readonly ManualTime _time = new();
    private readonly HostProgress _progress = new(new LaneStart(LaneNumbers.After(10), LaneNumbers.After(10), 0), Options);

    [Fact]
    public void Bulk_event_waits_for_the_flush_interval_and_then_goes_with_what_came_meanwhile()
    {
        var batcher = Batcher(Lane.Bulk);
        batcher.Add(Some.Connect(sequence: 11));
        _time.Advance(Options.FlushInterval - TimeSpan.FromMilliseconds(1));
        batcher.Add(Some.Connect(sequence: 12));
        Assert.Empty(batcher.TakeDue(final: false));
        _time.AdvanceMilliseconds(1);
        var frame = Assert.Single(batcher.TakeDue(final: false));
        Assert.Equal((new SequenceRange(11, 12), 2), (frame.Range, frame.Events.Count));
        Assert.Empty(batcher.TakeDue(final: false));
    }

    [Fact]
    public void High_value_event_waits_for_its_shorter_interval()
    {
        var batcher = Batcher(Lane.High);
        batcher.Add(Some.FileOpen(sequence: 11));
        Assert.Empty(batcher.TakeDue(final: false));
        _time.Advance(Options.HighValueFlushInterval);
        Assert.Single(batcher.TakeDue(final: false));
    }

    [Fact]
    public void While_frames_wait_bulk_events_gather_longer_and_high_value_ones_do_not()
    {
        var (high, bulk) = (Batcher(Lane.High), Batcher(Lane.Bulk));
        _progress.Gathering.IsBehind = true;
        bulk.Add(Some.Connect(sequence: 11));
        high.Add(Some.FileOpen(sequence: 11));
        _time.Advance(Options.HighValueFlushInterval);
        Assert.Single(high.TakeDue(final: false));
        _time.Advance(Gathering.LongestWait - Options.HighValueFlushInterval - TimeSpan.FromMilliseconds(1));
        Assert.Empty(bulk.TakeDue(final: false));
        _time.AdvanceMilliseconds(1);
        Assert.Single(bulk.TakeDue(final: false));
    }

    [Fact]
    public void Events_that_gather_leave_as_soon_as_no_frame_waits_any_more()
    {
        var bulk = Batcher(Lane.Bulk);
        _progress.Gathering.IsBehind = true;
        bulk.Add(Some.Connect(sequence: 11));
        _time.Advance(Options.FlushInterval);
        Assert.Empty(bulk.TakeDue(final: false));
        _progress.Gathering.IsBehind = false;
        Assert.Single(bulk.TakeDue(final: false));
    }

    [Fact]
    public void Records_of_a_flood_that_are_held_wait_no_longer_although_frames_wait()
    {
        var bulk = Batcher(Lane.Bulk);
        _progress.Gathering.IsBehind = true;
        bulk.Hold(11);
        _time.Advance(Options.FlushInterval);
        Assert.Single(bulk.TakeDue(final: false, () => bulk.AddHeld(Some.Connect(sequence: 11))));
    }

    [Fact]
    public void Frame_is_full_later_while_frames_wait_and_its_record_is_never_too_large()
    {
        _progress.Gathering.IsBehind = true;
        Assert.Equal(8 * Options.FrameBytes, _progress.Gathering.FrameBytes);
        var bulk = Batcher(Lane.Bulk);
        bulk.Add(Some.Exec(Some.Process(arguments: [new string('x', 5000)]), sequence: 11, lane: Lane.Bulk));
        Assert.Empty(bulk.TakeDue(final: false));
        for (var n = 12ul; bulk.TakeDue(final: false) is var frames; n++)
        {
            if (frames.Count > 0)
            {
                Assert.InRange(new FrameEncoder().Encode(Assert.Single(frames)).Length, Options.FrameBytes, 9 * Options.FrameBytes);
                break;
            }

            bulk.Add(Some.Exec(Some.Process(arguments: [new string((char)('a' + (n % 26)), 5000)], pid: (uint)n), sequence: n, lane: Lane.Bulk));
        }

        Assert.Equal(Gathering.LargestFrame, new Gathering(new AgentOptions { FrameBytes = Gathering.LargestFrame }) { IsBehind = true }.FrameBytes);
    }

    [Fact]
    public void Full_frame_does_not_wait()
    {
        var batcher = Batcher(Lane.Bulk);
        batcher.Add(Some.Exec(Some.Process(arguments: [new string('x', 5000)]), sequence: 11, lane: Lane.Bulk));
        Assert.Single(batcher.TakeDue(final: false));
    }

    [Fact]
    public void Frames_join_and_filtered_numbers_are_inside_them()
    {
        var batcher = Batcher(Lane.Bulk);
        batcher.Skip(11);
        batcher.Add(Some.Connect(sequence: 12));
        batcher.Skip(13);
        var first = Assert.Single(batcher.TakeDue(final: true));
        batcher.Add(Some.Connect(sequence: 14));
        var second = Assert.Single(batcher.TakeDue(final: true));
        Assert.Equal((new SequenceRange(11, 13), new SequenceRange(14, 14)), (first.Range, second.Range));
        Assert.Empty(first.Lost);
    }

    [Fact]
    public void Silent_lane_sends_an_empty_frame_a_minute_and_not_more()
    {
        var batcher = Batcher(Lane.High);
        for (var minute = 0; minute < 3; minute++)
        {
            _time.Advance(LaneBatcher.Silence - TimeSpan.FromSeconds(1));
            Assert.Empty(batcher.TakeDue(final: false));
            _time.Advance(TimeSpan.FromSeconds(1));
            var frame = Assert.Single(batcher.TakeDue(final: false));
            Assert.Equal(new SequenceRange(11, 10), frame.Range);
            Assert.True(FrameDecoder.TryDecode(new FrameEncoder().Encode(frame), out var decoded, out var error), error.ToString());
            Assert.Equal(0ul, decoded.Range.Count);
            Assert.Empty(batcher.TakeDue(final: false));
        }
    }

    [Fact]
    public void Lane_with_only_filtered_numbers_accounts_for_them_once_a_minute()
    {
        var batcher = Batcher(Lane.Bulk);
        batcher.Skip(11);
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Empty(batcher.TakeDue(final: false));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(new SequenceRange(11, 11), Assert.Single(batcher.TakeDue(final: false)).Range);
    }

    [Fact]
    public void Number_lost_in_the_kernel_and_one_that_could_not_be_parsed_are_told_with_their_causes()
    {
        var batcher = Batcher(Lane.Bulk);
        batcher.Lose(11, LossCause.Unparsed);
        batcher.Add(Some.Connect(sequence: 14));
        batcher.KernelGave(16);
        var frame = Assert.Single(batcher.TakeDue(final: true));
        Assert.Equal(new SequenceRange(11, 16), frame.Range);
        Assert.Equal(
            [
                new LostRange(new SequenceRange(11, 11), LossCause.Unparsed), new LostRange(new SequenceRange(12, 13), LossCause.Kernel),
                new LostRange(new SequenceRange(15, 16), LossCause.Kernel),
            ],
            frame.Lost);
    }

    [Fact]
    public void Events_behind_a_hole_wait_until_it_is_filled_or_lost()
    {
        var batcher = Batcher(Lane.High);
        batcher.Add(Some.FileOpen(sequence: 12));
        Assert.Empty(batcher.TakeDue(final: false));
        _time.AdvanceMilliseconds(50);
        var frame = Assert.Single(batcher.TakeDue(final: false));
        Assert.Equal((new SequenceRange(11, 12), 1, 1), (frame.Range, frame.Events.Count, frame.Lost.Count));
    }

    [Fact]
    public void Late_event_whose_loss_was_told_goes_in_a_frame_of_its_own()
    {
        var batcher = Batcher(Lane.Bulk);
        batcher.Add(Some.Connect(sequence: 12));
        Assert.Single(Assert.Single(batcher.TakeDue(final: true)).Lost);
        batcher.Add(Some.Connect(sequence: 11));
        batcher.Add(Some.Connect(sequence: 13));
        var frames = batcher.TakeDue(final: true).ToArray();
        Assert.Equal([new SequenceRange(11, 11), new SequenceRange(13, 13)], frames.Select(f => f.Range));
        Assert.Equal([11ul, 13ul], frames.SelectMany(f => f.Events).Select(e => e.Sequence));
    }

    [Fact]
    public void Late_event_whose_loss_was_not_told_yet_is_an_event_like_others()
    {
        var batcher = Batcher(Lane.Bulk);
        batcher.Add(Some.Connect(sequence: 14));
        Assert.Empty(batcher.TakeDue(final: false));
        _time.Advance(SequenceLedger.Grace);
        Assert.Empty(batcher.TakeDue(final: false)); // 11..13 are declared lost now, the frame is not due
        batcher.Add(Some.Connect(sequence: 12));
        batcher.Skip(13);
        var frame = Assert.Single(batcher.TakeDue(final: true));
        Assert.Equal([12ul, 14ul], frame.Events.Select(e => e.Sequence));
        Assert.Equal([new LostRange(new SequenceRange(11, 11), LossCause.Kernel)], frame.Lost);
    }

    [Fact]
    public void Held_events_are_told_when_frames_are_due_and_their_numbers_are_no_loss()
    {
        var batcher = Batcher(Lane.Bulk);
        batcher.Hold(11);
        batcher.Hold(12);
        batcher.Hold(13);
        Assert.Empty(batcher.TakeDue(final: false, () => Assert.Fail("not due")));
        Assert.Equal(Options.FlushInterval, batcher.DueIn);
        _time.Advance(Options.FlushInterval);
        var frame = Assert.Single(batcher.TakeDue(final: false, () => batcher.AddHeld(Some.Connect(sequence: 13))));
        Assert.Equal(new SequenceRange(11, 13), frame.Range);
        Assert.Equal([13ul], frame.Events.Select(e => e.Sequence));
        Assert.Empty(frame.Lost);
        Assert.True(batcher.HasLeft(13));
        Assert.False(batcher.HasLeft(14));
        Assert.Null(batcher.DueIn);
    }

    [Fact]
    public void Held_event_behind_a_hole_goes_with_the_frame_that_accounts_for_it()
    {
        var batcher = Batcher(Lane.Bulk);
        batcher.Add(Some.Connect(sequence: 11));
        batcher.Hold(13);
        _time.Advance(Options.FlushInterval);
        Assert.Equal(new SequenceRange(11, 11), Assert.Single(batcher.TakeDue(final: false, () => batcher.AddHeld(Some.Connect(sequence: 13)))).Range);
        batcher.Add(Some.Connect(sequence: 12));
        var frame = Assert.Single(batcher.TakeDue(final: true));
        Assert.Equal([12ul, 13ul], frame.Events.Select(e => e.Sequence));
    }

    private LaneBatcher Batcher(Lane lane) => new(Some.Host(), lane, new BootClock(Some.BootTimeUnixNs), _time, LaneNumbers.After(10), _progress);
}
