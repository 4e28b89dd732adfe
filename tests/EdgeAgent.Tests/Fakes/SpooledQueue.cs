using EdgeAgent.Batching;
using EdgeAgent.Delivery;
using EdgeAgent.Spool;
using Support;
using Wire.Model;

namespace EdgeAgent.Tests.Fakes;

/// <summary>A queue with its spool, as one life of the agent has it; a test does the writer's steps and moves the clock.</summary>
internal sealed class SpooledQueue : IDisposable
{
    private readonly FramePacker _packer = new();

    internal SpooledQueue(
        string folder, ManualTime? time = null, long maxBytes = 1 << 20, TimeSpan? maxAge = null, long segmentBytes = 1 << 16, Action<string>? report = null)
    {
        Time = time ?? new ManualTime();
        Spool = new DiskSpool(folder, maxBytes, Time, report ?? Reports.Add) { SegmentBytes = segmentBytes };
        Queue = new DeliveryQueue(maxBytes, maxAge, Time, Spool, isChained: true);
        Queue.Start();
    }

    internal ManualTime Time { get; }

    internal DiskSpool Spool { get; }

    internal DeliveryQueue Queue { get; }

    internal List<string> Reports { get; } = [];

    /// <summary>Adds a batch with one event, the first number of its range.</summary>
    internal Batch Add(Lane lane, ulong first, ulong? last = null, Guid? bootId = null)
    {
        var host = Some.Host(bootId: bootId);
        var e = lane == Lane.High ? (HostEvent)Some.FileOpen(sequence: first, host: host) : Some.Connect(sequence: first, host: host);
        var batch = _packer.Pack(Some.Frame([e], new SequenceRange(first, last ?? first))).Single();
        Queue.Enqueue(batch);
        return batch;
    }

    /// <summary>Adds a batch that says only "still here".</summary>
    internal void AddEmpty(Lane lane, ulong next, Guid? bootId = null) =>
        Queue.Enqueue(_packer.Pack(Some.Frame([], new SequenceRange(next, next - 1), host: Some.Host(bootId: bootId), lane: lane)).Single());

    /// <summary>Lets the sink take or refuse the next batch.</summary>
    internal Batch? Take(bool delivered = true)
    {
        var batch = Queue.Begin();
        Queue.Complete(delivered);
        return batch;
    }

    /// <summary>The same, as a frame.</summary>
    internal Frame? Ship(bool delivered = true) => Take(delivered)?.Decode();

    /// <summary>Ships all that waits.</summary>
    internal List<Frame> Drain()
    {
        var frames = new List<Frame>();
        while (Ship() is { } frame)
        {
            frames.Add(frame);
        }

        return frames;
    }

    /// <summary>Writes all, as at the end of the agent, and lets the folder go.</summary>
    internal void End()
    {
        Spool.Step(final: true);
        Dispose();
    }

    /// <summary>Lets the folder go as a killed agent does: what was not written is gone.</summary>
    public void Dispose() => Spool.Dispose();

    internal static string Name(Frame frame) => $"{frame.Lane} {frame.Range.First}..{frame.Range.Last}";
}
