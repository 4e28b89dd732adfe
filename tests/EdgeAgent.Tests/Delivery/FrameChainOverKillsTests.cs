using EdgeAgent.Batching;
using EdgeAgent.Tests.Fakes;
using Support;
using Wire.Chain;
using Wire.Model;
using static EdgeAgent.Tests.Delivery.Chains;

namespace EdgeAgent.Tests.Delivery;

/// <summary>The chain of frames that wait on disk, over lives of the agent.</summary>
public sealed class FrameChainOverKillsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Account_that_was_under_way_at_a_kill_does_not_come_again_as_events()
    {
        using (var life = new SpooledQueue(_folder.Path))
        {
            life.Add(Lane.Bulk, 1);
            life.End();
        }

        using (var life = new SpooledQueue(_folder.Path, maxBytes: 1))
        {
            Assert.Single(life.Queue.Begin()!.Decode().Lost);
        }

        using (var life = new SpooledQueue(_folder.Path))
        {
            var again = life.Ship()!;
            Assert.Empty(again.Events);
            Assert.Single(again.Lost);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Late_frame_under_way_or_delivered_does_not_hide_what_was_refused_before_it(bool isDelivered)
    {
        using (var life = new SpooledQueue(_folder.Path))
        {
            life.Add(Lane.High, 1);
            life.Add(Lane.High, 2);
            life.Add(Lane.High, 1);
            life.Spool.Step(final: true);
            life.Ship();
            life.Ship(delivered: false);
            Assert.Equal(1ul, life.Queue.Begin()!.Range.First);
            if (isDelivered)
            {
                life.Queue.Complete(true);
            }
        }

        CheckTold(Lane.High);
    }

    [Fact]
    public void Late_frame_under_way_does_not_hide_what_was_too_old_before_it()
    {
        using (var life = new SpooledQueue(_folder.Path, maxAge: TimeSpan.FromSeconds(10)))
        {
            life.Add(Lane.Bulk, 1);
            life.Add(Lane.Bulk, 2);
            life.Ship();
            life.Time.Advance(TimeSpan.FromSeconds(20));
            life.Add(Lane.Bulk, 1);
            life.Spool.Step(final: true);
            Assert.Equal(1ul, life.Queue.Begin()!.Range.First);
        }

        CheckTold(Lane.Bulk);
    }

    private void CheckTold(Lane lane)
    {
        using var life = new SpooledQueue(_folder.Path);
        life.Add(lane, 3);
        Assert.Contains(life.Drain(), frame => frame.Events.Any(e => e.Sequence == 2) || frame.Lost.Any(lost => lost.Range.Contains(2)));
    }

    [Theory]
    [InlineData(9, int.MaxValue)]
    [InlineData(9, 5)]
    [InlineData(30, 17)]
    public void Many_boots_that_wait_in_one_spool_each_go_on_with_their_own_chain_also_over_kills(int boots, int shippedUntilKill)
    {
        for (var boot = 1; boot <= boots; boot++)
        {
            using var life = new SpooledQueue(_folder.Path);
            Array.ForEach([1ul, 2ul, 3ul], number => life.Add(Lane.High, number, bootId: BootNumber(boot)));
            Array.ForEach([1ul, 2ul, 3ul], number => life.Add(Lane.Bulk, number, bootId: BootNumber(boot)));
            life.End();
        }

        var received = new List<Batch>();
        while (received.Count < boots * 6)
        {
            using var life = new SpooledQueue(_folder.Path);
            for (var i = 0; i < shippedUntilKill && life.Take() is { } batch; i++)
            {
                received.Add(batch);
            }
        }

        Assert.Equal(boots * 6, received.Count);
        foreach (var boot in received.GroupBy(batch => batch.BootId))
        {
            Assert.Equal(
                ["High 1", "High 2", "High 3", "Bulk 1", "Bulk 2", "Bulk 3"], boot.Select(batch => $"{batch.Lane} {batch.Range.First}"));
            Assert.Equal([ChainPlace.Start, .. Enumerable.Repeat(ChainPlace.Next, 5)], Places(boot));
        }
    }

    [Fact]
    public void Chain_goes_on_after_a_kill_and_what_was_under_way_comes_first_and_is_the_same_byte_for_byte()
    {
        List<Batch> received = [];
        using (var first = new SpooledQueue(_folder.Path, _time))
        {
            first.Add(Lane.Bulk, 1);
            first.Add(Lane.Bulk, 2);
            received.Add(first.Take()!);
            received.Add(first.Queue.Begin()!);
            first.Add(Lane.High, 7);
            first.Spool.Step(final: false);
        }

        using (var second = new SpooledQueue(_folder.Path, _time))
        {
            second.Add(Lane.High, 8);
            received.Add(second.Take()!);
            received.Add(second.Take()!);
        }

        using var third = new SpooledQueue(_folder.Path, _time);
        third.Add(Lane.High, 9);
        received.Add(third.Take()!);
        Assert.Equal(
            ["Bulk 1", "Bulk 2", "Bulk 2", "High 7", "High 9"], received.Select(b => $"{b.Lane} {b.Range.First}"));
        Assert.Equal([ChainPlace.Start, ChainPlace.Next, ChainPlace.Resent, ChainPlace.Next, ChainPlace.Next], Places(received));
    }

    [Fact]
    public void What_was_under_way_is_not_dropped_by_the_next_life()
    {
        Batch under;
        using (var first = new SpooledQueue(_folder.Path, _time))
        {
            first.Add(Lane.Bulk, 1);
            first.Add(Lane.Bulk, 2);
            first.Spool.Step(final: false);
            under = first.Queue.Begin()!;
        }

        using var second = new SpooledQueue(_folder.Path, _time, maxBytes: 1);
        Assert.True(under.Bytes.Span.SequenceEqual(second.Queue.Begin()!.Bytes.Span));
    }

    [Fact]
    public void Agent_that_lost_its_cursor_begins_a_chain()
    {
        using (var first = new SpooledQueue(_folder.Path, _time))
        {
            first.Add(Lane.Bulk, 1);
            first.Add(Lane.Bulk, 2);
            first.Spool.Step(final: false);
            first.Ship();
        }

        File.Delete(_folder["cursor"]);
        using var second = new SpooledQueue(_folder.Path, _time);
        Assert.Null(second.Ship()!.Previous);
    }
}
