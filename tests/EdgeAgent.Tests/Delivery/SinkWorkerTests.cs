using System.Collections.Concurrent;
using EdgeAgent.Batching;
using EdgeAgent.Delivery;
using EdgeAgent.Tests.Fakes;
using Support;
using static EdgeAgent.Tests.Fakes.ScriptedSink;

namespace EdgeAgent.Tests.Delivery;

public sealed class SinkWorkerTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly ConcurrentQueue<string> _reports = new();
    private readonly CancellationTokenSource _cancel = new();

    public void Dispose() => _cancel.Dispose();

    [Fact]
    public async Task Close_ships_what_waits_and_ends()
    {
        var sink = new ScriptedSink(Say(ShipOutcome.Delivered));
        var worker = Worker(sink);
        var running = worker.RunAsync(_cancel.Token);
        worker.Enqueue(Batch(1));
        worker.Enqueue(Batch(2));
        worker.Close();
        await running.WaitAsync(Patience);
        Assert.Equal((2L, 0L, 0L), (worker.DeliveredEvents, worker.WaitingEvents, worker.DroppedEvents));
        Assert.Equal([1ul, 2ul], sink.Asked.Select(b => b.Range.First));
        Assert.Empty(_reports);
    }

    [Fact]
    public async Task Same_batch_is_tried_again_until_taken_and_trouble_is_reported_once_per_change()
    {
        var sink = new ScriptedSink(
            Say(ShipOutcome.Retry("down")), Say(ShipOutcome.Retry("down")), Say(ShipOutcome.Retry("throttled")), Say(ShipOutcome.Delivered));
        var worker = Worker(sink);
        worker.Enqueue(Batch(1));
        worker.Enqueue(Batch(2));
        worker.Close();
        await worker.RunAsync(_cancel.Token).WaitAsync(Patience);
        Assert.Equal([1ul, 1, 1, 1, 2], sink.Asked.Select(b => b.Range.First));
        Assert.Equal(
            [
                "fake: down; 2 events wait, trying again", "fake: throttled; 2 events wait, trying again",
                "fake: works again, 2 events waiting",
            ],
            _reports);
    }

    [Fact]
    public async Task Refused_batch_is_not_tried_again_and_counted_as_dropped()
    {
        var sink = new ScriptedSink(Say(ShipOutcome.Refused("too odd")), Say(ShipOutcome.Delivered));
        var worker = Worker(sink);
        worker.Enqueue(Batch(1));
        worker.Enqueue(Batch(2));
        worker.Close();
        await worker.RunAsync(_cancel.Token).WaitAsync(Patience);
        Assert.Equal((1L, 1L), (worker.DeliveredEvents, worker.DroppedEvents));
        Assert.Equal(1ul, sink.Asked[1].Decode().Lost.Single().Range.First);
        Assert.Equal(["fake: refused too odd; the events are counted as lost", "fake: works again, 1 events waiting"], _reports);
    }

    [Fact]
    public async Task Reason_of_a_remote_side_cannot_forge_lines()
    {
        var worker = Worker(new ScriptedSink(Say(ShipOutcome.Refused("no\n\u001b[2Jstopped" + new string('x', 5000)))));
        worker.Enqueue(Batch(1));
        worker.Close();
        await worker.RunAsync(_cancel.Token).WaitAsync(Patience);
        var line = Assert.Single(_reports);
        Assert.StartsWith(@"fake: refused no\x0A\x1B[2Jstoppedxxx", line, StringComparison.OrdinalIgnoreCase);
        Assert.True(line.Length < 1200);
    }

    [Fact]
    public async Task Cancel_ends_a_worker_whose_sink_never_takes_and_what_waits_is_counted()
    {
        var worker = Worker(new ScriptedSink(Say(ShipOutcome.Retry("down"))));
        worker.Enqueue(Batch(1));
        var running = worker.RunAsync(_cancel.Token);
        worker.Close();
        _cancel.CancelAfter(100);
        await running.WaitAsync(Patience);
        Assert.Equal((0L, 1L), (worker.DeliveredEvents, worker.WaitingEvents));
    }

    [Fact]
    public async Task Close_cuts_a_long_rest_short()
    {
        var down = true;
        var sink = new ScriptedSink((_, _) => Task.FromResult(Volatile.Read(ref down) ? ShipOutcome.Retry("down") : ShipOutcome.Delivered));

        // The clock stands still, so no rest before the close would ever end.
        var worker = new SinkWorker(sink, new DeliveryQueue(1 << 20), new StandingClock(), _reports.Enqueue);
        worker.Enqueue(Batch(1));
        var running = worker.RunAsync(_cancel.Token);
        while (_reports.IsEmpty)
        {
            await Task.Yield();
        }

        Volatile.Write(ref down, false);
        worker.Close();
        await running.WaitAsync(Patience);
        Assert.Equal(1, worker.DeliveredEvents);
    }

    [Fact]
    public async Task Exception_of_a_sink_ends_the_worker_with_it()
    {
        var worker = Worker(new ScriptedSink((_, _) => throw new InvalidOperationException("a bug")));
        worker.Enqueue(Batch(1));
        await Assert.ThrowsAsync<InvalidOperationException>(() => worker.RunAsync(_cancel.Token).WaitAsync(Patience));
    }

    private SinkWorker Worker(ScriptedSink sink) => new(sink, new DeliveryQueue(1 << 20), TimeProvider.System, _reports.Enqueue);

    private static Batch Batch(ulong number) => new FramePacker().Pack(Some.Frame([Some.Connect(sequence: number)])).Single();

    private sealed class StandingClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new NoTimer();

        private sealed class NoTimer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
