using BenchmarkDotNet.Attributes;
using EdgeAgent.Batching;
using EdgeAgent.Delivery;
using EdgeAgent.Spool;
using Support;

namespace Benchmarks;

/// <summary>
/// Batches that are added and shipped, in memory and through the spool on this machine's disk. Times are per batch; what counts are the ratios. Every
/// batch has to be taken by the sink only after it was written, the worst case: an agent ships most of them at once.
/// </summary>
[MemoryDiagnoser]
public class SpoolBenchmarks
{
    private const int Batches = 200;
    private const long Room = 64L * 1024 * 1024;
    private readonly string _folder = Directory.CreateTempSubdirectory("edge-bench-").FullName;
    private Batch[] _batches = [];

    /// <summary>Events a batch.</summary>
    [Params(25, 200)]
    public int Events { get; set; }

    /// <summary>Makes the batches.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        var packer = new FramePacker();
        var frame = SampleTraffic.Frame(Events);
        _batches = [.. Enumerable.Range(0, Batches).Select(_ => packer.Pack(frame)[0])];
    }

    /// <summary>Removes the files.</summary>
    [GlobalCleanup]
    public void CleanUp() => Directory.Delete(_folder, recursive: true);

    /// <summary>In memory, as for the console.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Batches)]
    public int InMemory()
    {
        var queue = new DeliveryQueue(Room);
        foreach (var batch in _batches)
        {
            queue.Enqueue(batch);
        }

        return Ship(queue);
    }

    /// <summary>Written one by one, made durable together, read again.</summary>
    [Benchmark(OperationsPerInvoke = Batches)]
    public int Spooled() => ThroughSpool(syncEach: false);

    /// <summary>Each made durable for itself: what a high-value batch costs that comes alone.</summary>
    [Benchmark(OperationsPerInvoke = Batches)]
    public int SpooledAndSyncedEach() => ThroughSpool(syncEach: true);

    private int ThroughSpool(bool syncEach)
    {
        using var spool = new DiskSpool(_folder, Room, TimeProvider.System, Console.Error.WriteLine);
        var queue = new DeliveryQueue(Room, null, TimeProvider.System, spool, isChained: true);
        queue.Start();
        foreach (var batch in _batches)
        {
            queue.Enqueue(batch);
            spool.Step(final: syncEach);
        }

        spool.Step(final: true);
        var shipped = Ship(queue);
        spool.Step(final: true);
        return shipped;
    }

    private static int Ship(DeliveryQueue queue)
    {
        var shipped = 0;
        for (; queue.Begin() is not null; shipped++)
        {
            queue.Complete(delivered: true);
        }

        return shipped;
    }
}
