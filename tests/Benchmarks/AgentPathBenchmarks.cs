using System.Buffers;
using BenchmarkDotNet.Attributes;
using EdgeAgent.Batching;
using EdgeAgent.Options;
using EdgeAgent.Tests.Fakes;
using Support;
using Wire.Codec;
using Wire.Model;

namespace Benchmarks;

/// <summary>
/// From a kernel record to an encoded frame, with all stages between, against the same events as JSON lines, each made anew. Per event; what
/// counts are the ratio and the bytes allocated.
/// </summary>
[MemoryDiagnoser]
public class AgentPathBenchmarks : IDisposable
{
    private const int Events = 4000;
    private readonly TemporaryFolder _folder = new();
    private readonly FrameEncoder _encoder = new();
    private readonly FramePacker _packer = new();
    private readonly ArrayBufferWriter<byte> _bytes = new(1 << 20);
    private byte[][] _records = [];
    private PathWithoutKernel _toJson = null!;
    private PathWithoutKernel _toFrame = null!;
    private PathWithoutKernel _toBatch = null!;
    private long _made;

    /// <summary>What they tell of.</summary>
    [Params(EventKind.Connect, EventKind.FileOpen, EventKind.Call)]
    public EventKind Kind { get; set; }

    /// <summary>Makes the records.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        _records = UnlikeRecords.Of(Kind, Events);
        var passwd = _folder.File("passwd", "root:x:0:0:::\nalice:x:1000:1000:::\n");
        var allTold = new AgentOptions { FloodAlikePerSecond = 0 };
        _toJson = new PathWithoutKernel(passwd, frame => _made += JsonLines.Encode(frame).Length, allTold);
        _toBatch = new PathWithoutKernel(passwd, frame => _made += _packer.Pack(frame).Count, allTold);
        _toFrame = new PathWithoutKernel(
            passwd,
            frame =>
            {
                _bytes.ResetWrittenCount();
                _made += _encoder.TryEncode(frame, _bytes) ? 1 : 0;
            },
            allTold);
    }

    /// <summary>Removes the files.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Records to JSON lines.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Events)]
    public long ToJson() => Pass(_toJson);

    /// <summary>Records to frames, encoded.</summary>
    [Benchmark(OperationsPerInvoke = Events)]
    public long ToFrame() => Pass(_toFrame);

    /// <summary>The same, with the copy that waits for delivery.</summary>
    [Benchmark(OperationsPerInvoke = Events)]
    public long ToBatch() => Pass(_toBatch);

    private long Pass(PathWithoutKernel path)
    {
        path.Pass(_records);
        return _made;
    }
}
