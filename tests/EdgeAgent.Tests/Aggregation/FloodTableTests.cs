using EdgeAgent.Aggregation;
using EdgeAgent.Tests.Fakes;
using Wire.Model;

namespace EdgeAgent.Tests.Aggregation;

public sealed class FloodTableTests
{
    private const ulong Second = 1_000_000_000;
    private readonly FloodTable _floods = new(alikePerSecond: 3);
    private ulong _sequence;

    [Fact]
    public void First_ones_are_told_and_the_others_counted_until_they_are_told()
    {
        Assert.Equal(3, Tell(10, 5 * Second));
        var flood = Assert.Single(_floods.Counting);
        Assert.Equal((7u, 5 * Second + 9, 6ul), (flood.Counted, flood.LatestBootNs, flood.SpanNs));
        _floods.Tell();
        Assert.Empty(_floods.Counting);
        Assert.Equal(0, Tell(2, 5 * Second + 100));
        Assert.Equal(2u, Assert.Single(_floods.Counting).Counted);
    }

    [Fact]
    public void Next_second_tells_its_first_ones_again()
    {
        Tell(10, 5 * Second);
        _floods.Tell();
        Assert.Equal(3, Tell(10, 6 * Second));
    }

    [Fact]
    public void While_some_are_counted_later_ones_do_not_overtake_them()
    {
        Tell(10, 5 * Second);
        Assert.Equal(0, Tell(1, 7 * Second));
        Assert.Equal(2 * Second - 3, Assert.Single(_floods.Counting).SpanNs);
    }

    [Fact]
    public void Slow_events_are_all_told()
    {
        for (var second = 1ul; second < 20; second++)
        {
            Assert.Equal(3, Tell(3, second * Second));
        }
    }

    [Fact]
    public void What_differs_in_anything_but_number_time_thread_and_cpu_is_no_flood()
    {
        byte[][] unlike =
        [
            KernelBytes.Network(), KernelBytes.Network(EventKind.Send), KernelBytes.Network(port: 80), KernelBytes.Network(address: "203.0.113.8"),
            KernelBytes.Network(protocol: 17), KernelBytes.Network(task: KernelBytes.Task(pid: 201)), KernelBytes.Network(task: KernelBytes.Task(startNs: 7)),
            KernelBytes.Network(task: KernelBytes.Task(uid: 0)), KernelBytes.Network(task: KernelBytes.Task(comm: "sh")),
            KernelBytes.Network().With(h => h with { Origin = 1 }),
            KernelBytes.Call(CallKind.Open, "/a", "/", result: -13), KernelBytes.Call(CallKind.Open, "/b", "/", result: -13), KernelBytes.Call(CallKind.Open, "/a", "/", result: -2),
        ];
        for (var i = 0; i < 3; i++)
        {
            Assert.DoesNotContain(unlike, record => _floods.Counts(record, out _));
        }

        Assert.All(unlike, record => Assert.True(_floods.Counts(record, out _)));
    }

    [Fact]
    public void Threads_of_a_process_and_cpus_make_one_flood()
    {
        Tell(3, 5 * Second);
        var task = KernelBytes.Task();
        task.Tid = 999;
        Assert.True(_floods.Counts(KernelBytes.Network(task: task).With(h => h with { BootNs = 5 * Second, Cpu = 7 }), out _));
    }

    [Fact]
    public void High_value_events_and_those_of_processes_lives_are_never_counted()
    {
        byte[][] all = [KernelBytes.Exec(), KernelBytes.Fork(), KernelBytes.Exit(), KernelBytes.FileOpen(), KernelBytes.Network().With(h => h with { Lane = (ushort)Lane.High })];
        for (var i = 0; i < 10; i++)
        {
            Assert.DoesNotContain(all, record => _floods.Counts(record, out _));
        }
    }

    [Fact]
    public void What_turned_out_to_be_of_high_value_is_told_each_time()
    {
        var record = KernelBytes.Call(CallKind.Open, "/etc/shadow", "/", result: -13);
        Assert.False(_floods.Counts(record, out var flood));
        flood!.IsExempt = true;
        for (var i = 0; i < 10; i++)
        {
            Assert.False(_floods.Counts(record, out _));
        }
    }

    [Fact]
    public void Zero_tells_all()
    {
        var off = new FloodTable(0);
        for (var i = 0; i < 10; i++)
        {
            Assert.False(off.Counts(KernelBytes.Network(), out _));
        }
    }

    [Fact]
    public void Damaged_and_giant_records_are_left_to_the_parser()
    {
        Assert.False(_floods.Counts([], out _));
        Assert.False(_floods.Counts(new byte[40], out _));
        Assert.False(_floods.Counts(KernelBytes.Call(CallKind.Open, new string('x', 1000), "/"), out var flood));
        Assert.Null(flood);
    }

    [Fact]
    public void More_floods_than_places_lose_nothing_that_was_counted()
    {
        const int Processes = 3 * FloodTable.Capacity;
        long told = 0;
        for (var round = 0; round < 5; round++)
        {
            for (var pid = 1u; pid <= Processes; pid++)
            {
                told += _floods.Counts(KernelBytes.Network(task: KernelBytes.Task(pid)), out _) ? 0 : 1;
            }
        }

        Assert.Equal(5L * Processes, told + _floods.Counting.Sum(flood => flood.Counted));
    }

    [Fact]
    public void Counting_allocates_nothing()
    {
        var record = KernelBytes.Network();
        _floods.Counts(record, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100_000; i++)
        {
            _floods.Counts(record, out _);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);
    }

    /// <summary>How many of so many alike ones, 1 ns apart, are told.</summary>
    private int Tell(int count, ulong bootNs)
    {
        var told = 0;
        for (var i = 0; i < count; i++)
        {
            var record = KernelBytes.Network(sequence: ++_sequence).With(h => h with { BootNs = bootNs + (ulong)i });
            told += _floods.Counts(record, out _) ? 0 : 1;
        }

        return told;
    }
}
