using EdgeAgent.Batching;
using Support;
using Wire.Model;

namespace EdgeAgent.Tests.Batching;

public sealed class SequenceLedgerTests
{
    private readonly ManualTime _time = new();
    private readonly SequenceLedger _ledger;

    public SequenceLedgerTests() => _ledger = new SequenceLedger(100, _time);

    [Fact]
    public void Numbers_in_order_are_accounted_at_once()
    {
        Observe(101, 102, 103);
        Assert.Equal(103ul, _ledger.Accounted);
        Assert.Empty(_ledger.DeclareLost(final: false));
    }

    [Fact]
    public void Swapped_neighbours_are_both_accounted_and_nothing_is_lost()
    {
        Observe(102);
        Assert.Equal(100ul, _ledger.Accounted);
        Assert.Empty(_ledger.DeclareLost(final: false));
        Observe(101);
        Assert.Equal(102ul, _ledger.Accounted);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(_ledger.DeclareLost(final: false));
    }

    [Fact]
    public void Hole_is_lost_after_the_grace_and_not_before()
    {
        Observe(101, 104);
        Assert.Empty(_ledger.DeclareLost(final: false));
        _time.Advance(SequenceLedger.Grace - TimeSpan.FromMilliseconds(1));
        Assert.Empty(_ledger.DeclareLost(final: false));
        _time.AdvanceMilliseconds(1);
        Assert.Equal([new SequenceRange(102, 103)], _ledger.DeclareLost(final: false));
        Assert.Equal(104ul, _ledger.Accounted);
    }

    [Fact]
    public void Number_that_comes_after_it_was_declared_lost_is_known_as_late()
    {
        Observe(102);
        _ledger.DeclareLost(final: false);
        _time.Advance(SequenceLedger.Grace);
        Assert.Equal([new SequenceRange(101, 101)], _ledger.DeclareLost(final: false));
        Assert.False(_ledger.Observe(101));
        Assert.Equal(102ul, _ledger.Accounted);
    }

    [Fact]
    public void Loss_at_the_end_is_found_by_the_number_that_the_kernel_gave()
    {
        Observe(101);
        _ledger.KernelGave(105);
        Assert.Empty(_ledger.DeclareLost(final: false));
        _time.Advance(SequenceLedger.Grace);
        Assert.Equal([new SequenceRange(102, 105)], _ledger.DeclareLost(final: false));
        Assert.Equal(105ul, _ledger.Accounted);
    }

    [Fact]
    public void At_the_end_every_hole_is_lost_without_a_wait()
    {
        Observe(102, 105);
        _ledger.KernelGave(107);
        Assert.Equal(
            [new SequenceRange(101, 101), new SequenceRange(103, 104), new SequenceRange(106, 107)], _ledger.DeclareLost(final: true));
        Assert.Equal(107ul, _ledger.Accounted);
    }

    [Fact]
    public void Many_holes_of_a_flood_are_declared_together_after_one_grace()
    {
        for (ulong n = 102; n <= 20_100; n += 2)
        {
            _ledger.Observe(n);
        }

        Assert.Empty(_ledger.DeclareLost(final: false));
        _time.Advance(SequenceLedger.Grace);
        Assert.Equal(10_000, _ledger.DeclareLost(final: false).Count);
        Assert.Equal(20_100ul, _ledger.Accounted);
    }

    [Fact]
    public void Hole_seen_later_keeps_its_own_grace()
    {
        Observe(102);
        _ledger.DeclareLost(final: false);
        _time.AdvanceMilliseconds(30);
        Observe(104);
        _ledger.DeclareLost(final: false);
        _time.AdvanceMilliseconds(20);
        Assert.Equal([new SequenceRange(101, 101)], _ledger.DeclareLost(final: false));
        _time.AdvanceMilliseconds(30);
        Assert.Equal([new SequenceRange(103, 103)], _ledger.DeclareLost(final: false));
    }

    private void Observe(params ulong[] numbers) => Array.ForEach(numbers, n => Assert.True(_ledger.Observe(n)));
}
