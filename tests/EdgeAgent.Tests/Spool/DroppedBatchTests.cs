using EdgeAgent.Spool;
using EdgeAgent.Tests.Fakes;
using Support;
using Wire.Model;

namespace EdgeAgent.Tests.Spool;

/// <summary>Of what was dropped, or refused by the sink: who tells it, also after a kill, and that it does not come again.</summary>
public sealed class DroppedBatchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();

    private string[] Segments => [.. Directory.GetFiles(_folder["spool"], "*.segment").Order(StringComparer.Ordinal)];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_dropped_is_told_after_a_restart_by_the_batch_that_would_have_told_it()
    {
        var size = 0;
        using (var probe = Open())
        {
            size = probe.Add(Lane.Bulk, 1).Bytes.Length;
        }

        using (var first = Open(maxBytes: 3 * size, segmentBytes: 1))
        {
            for (ulong n = 1; n <= 9; n++)
            {
                first.Add(Lane.Bulk, n);
                first.Spool.Step(final: false);
            }

            Assert.Equal(3, Segments.Length);
        }

        using var second = Open();
        var frames = second.Drain();
        Assert.Equal(["Bulk 1..7", "Bulk 8..8", "Bulk 9..9"], frames.Select(SpooledQueue.Name));
        Assert.Equal([new LostRange(new SequenceRange(1, 6), LossCause.Spool)], frames[0].Lost);
    }

    [Fact]
    public void What_the_batch_under_way_told_as_lost_does_not_come_again_after_a_kill_although_it_stands_on_the_disk()
    {
        using (var first = Open(maxBytes: 1))
        {
            first.Add(Lane.Bulk, 1);
            first.Spool.Step(final: false);
            first.Add(Lane.Bulk, 2);
            first.Spool.Step(final: false);
            Assert.Equal(new SequenceRange(1, 2), first.Queue.Begin()!.Range);
        }

        using var second = Open();
        var frame = Assert.Single(second.Drain());
        Assert.Equal(("Bulk 1..2", new SequenceRange(1, 1)), (SpooledQueue.Name(frame), Assert.Single(frame.Lost).Range));
    }

    [Fact]
    public void Frame_without_numbers_that_an_earlier_life_left_last_is_not_dropped_and_found_again_later()
    {
        using (var first = Open())
        {
            first.AddEmpty(Lane.High, 1);
            first.Spool.Step(final: false);
        }

        using (var second = Open(maxBytes: 1))
        {
            second.Add(Lane.Bulk, 101);
            Assert.Equal(["High 1..0", "Bulk 101..101"], second.Drain().Select(SpooledQueue.Name));
        }

        using var third = Open();
        Assert.Empty(third.Drain());
    }

    [Fact]
    public void Frame_without_numbers_that_the_sink_refused_is_not_found_again_later()
    {
        using (var first = Open())
        {
            first.AddEmpty(Lane.High, 1);
            first.Spool.Step(final: false);
        }

        using (var second = Open())
        {
            Assert.Equal("High 1..0", SpooledQueue.Name(second.Ship(delivered: false)!));
        }

        using var third = Open();
        Assert.Empty(third.Drain());
    }

    [Fact]
    public void Refused_newest_batch_of_a_life_that_is_over_is_told_by_a_frame_of_its_own()
    {
        using (var first = Open())
        {
            first.Add(Lane.Bulk, 1, 5);
            first.Spool.Step(final: false);
        }

        using (var second = Open())
        {
            Assert.Equal("Bulk 1..5", SpooledQueue.Name(second.Ship(delivered: false)!));
            Assert.NotNull(second.Queue.Begin());
        }

        using var third = Open();
        var account = Assert.Single(third.Drain());
        Assert.Equal(("Bulk 1..5", 0), (SpooledQueue.Name(account), account.Events.Count));
        Assert.Equal([new LostRange(new SequenceRange(1, 5), LossCause.Spool)], account.Lost);
        Assert.Equal((Some.Host().HostId, Some.BootId, Some.BootTimeUnixNs), (account.Host.HostId, account.Host.BootId, account.BootTimeUnixNs));
    }

    [Fact]
    public void Refused_newest_batch_is_kept_until_its_loss_was_told()
    {
        using (var first = Open())
        {
            first.Add(Lane.Bulk, 1, 5);
            first.Spool.Step(final: false);
            first.Ship(delivered: false);
            first.End();
        }

        Assert.Single(Segments);
        using var second = Open();
        second.Ship(delivered: false);
        Assert.Equal(new SequenceRange(1, 5), Assert.Single(Assert.Single(second.Drain()).Lost).Range);
        second.End();
        Assert.Empty(Segments);
    }

    [Fact]
    public void Batch_that_waited_too_long_is_told_as_lost_by_the_newest()
    {
        using var queue = Open(maxAge: TimeSpan.FromHours(1));
        queue.Add(Lane.High, 1);
        _time.Advance(TimeSpan.FromHours(2));
        queue.Add(Lane.High, 2);
        var frame = Assert.Single(queue.Drain());
        Assert.Equal(("High 1..2", 1L), (SpooledQueue.Name(frame), queue.Queue.DroppedEvents));
    }

    [Fact]
    public void Only_accounts_are_left_of_earlier_lives_that_are_too_much()
    {
        for (ulong life = 0; life < 3; life++)
        {
            using var queue = Open();
            queue.Add(Lane.Bulk, (life * 100) + 1);
            queue.Spool.Step(final: false);
        }

        using var last = Open(maxBytes: 1);
        var frames = last.Drain();
        Assert.Equal(["Bulk 1..1", "Bulk 101..101", "Bulk 201..201"], frames.Select(SpooledQueue.Name));
        Assert.All(frames, f => Assert.Single(f.Lost));
        Assert.Equal(3, last.Queue.DroppedEvents);
    }

    private SpooledQueue Open(long maxBytes = 1 << 20, TimeSpan? maxAge = null, long segmentBytes = 1 << 16) =>
        new(_folder["spool"], _time, maxBytes, maxAge, segmentBytes, _ => { });
}
