using System.Buffers;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Support;
using Wire.Codec;
using Wire.Model;

namespace Benchmarks;

/// <summary>A frame against the same events as JSON lines. Times are per frame; what counts are the ratios.</summary>
[MemoryDiagnoser]
[MinColumn, MedianColumn]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class FrameBenchmarks
{
    private readonly FrameEncoder _encoder = new();
    private readonly FrameEncoder _packingEncoder = new(packs: true);
    private readonly ArrayBufferWriter<byte> _output = new(1 << 20);
    private Frame _frame = null!;
    private byte[] _frameBytes = [];
    private byte[] _packedBytes = [];
    private byte[] _jsonBytes = [];

    /// <summary>Events a frame.</summary>
    [Params(25, 200)]
    public int Events { get; set; }

    /// <summary>Makes the events.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        _frame = SampleTraffic.Frame(Events);
        _frameBytes = _encoder.Encode(_frame);
        _packedBytes = _packingEncoder.Encode(_frame);
        _jsonBytes = JsonLines.Encode(_frame);
    }

    /// <summary>Events to JSON lines.</summary>
    [Benchmark(Baseline = true)]
    [BenchmarkCategory("encode")]
    public byte[] EncodeJson() => JsonLines.Encode(_frame);

    /// <summary>Events to a frame.</summary>
    [Benchmark]
    [BenchmarkCategory("encode")]
    public bool EncodeFrame()
    {
        _output.ResetWrittenCount();
        return _encoder.TryEncode(_frame, _output);
    }

    /// <summary>Events to a frame that is packed.</summary>
    [Benchmark]
    [BenchmarkCategory("encode")]
    public bool EncodePackedFrame()
    {
        _output.ResetWrittenCount();
        return _packingEncoder.TryEncode(_frame, _output);
    }

    /// <summary>JSON lines to flat objects.</summary>
    [Benchmark(Baseline = true)]
    [BenchmarkCategory("decode")]
    public int DecodeJson() => JsonLines.Decode(_jsonBytes).Count;

    /// <summary>A frame to events.</summary>
    [Benchmark]
    [BenchmarkCategory("decode")]
    public Frame? DecodeFrame() => FrameDecoder.TryDecode(_frameBytes, out var frame, out _) ? frame : null;

    /// <summary>A packed frame to events.</summary>
    [Benchmark]
    [BenchmarkCategory("decode")]
    public Frame? DecodePackedFrame() => FrameDecoder.TryDecode(_packedBytes, out var frame, out _) ? frame : null;
}
