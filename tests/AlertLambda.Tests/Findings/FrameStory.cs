using System.Buffers;
using System.Globalization;
using AlertLambda.Findings;
using Support;
using Wire.Codec;
using Wire.Model;

namespace AlertLambda.Tests.Findings;

/// <summary>Frames of one host, chained as an agent does it, and a watch that looks at them a second after each other.</summary>
internal sealed class FrameStory
{
    private readonly FrameEncoder _encoder = new();
    private readonly List<(byte[] Bytes, long AtMs)> _received = [];
    private FrameDigest? _last;
    private ulong _next = 1;

    public HostIdentity Host { get; init; } = Some.Host(hostName: "web-3");

    public HostWatch Watch { get; private set; } = new(new WatchState());

    /// <summary>The shard that all frames come from; null = it is not known, and what is forgotten does not come again.</summary>
    public string? Shard { get; set; }

    /// <summary>When the stream takes the next frame, Unix ms; the host was booted a day before.</summary>
    public long NowMs { get; set; } = (Some.BootTimeUnixNs / 1_000_000) + 86_400_000;

    /// <summary>Makes the next frame of the chain, without sending it.</summary>
    public byte[] Make(ulong numbers = 10, IReadOnlyList<LostRange>? lost = null, Heartbeat? heartbeat = null, long? bootTimeUnixNs = null, FrameDigest? previous = null)
    {
        var range = new SequenceRange(_next, _next + numbers - 1);
        var bytes = Encode(new Frame
        {
            Host = Host,
            Lane = Lane.Bulk,
            Range = range,
            BootTimeUnixNs = bootTimeUnixNs ?? Some.BootTimeUnixNs,
            Events = [],
            Lost = lost ?? [],
            Heartbeat = heartbeat,
            Previous = previous ?? _last,
        });
        _next = range.Last + 1;
        _last = FrameDigest.Of(bytes);
        return bytes;
    }

    /// <summary>The range that the next frame begins with.</summary>
    public SequenceRange NextNumbers(ulong count) => new(_next, _next + count - 1);

    /// <summary>The stream takes a frame.</summary>
    public IReadOnlyList<Finding> Receive(byte[] bytes)
    {
        NowMs += 1000;
        _received.Add((bytes, NowMs));
        return Observe(bytes, NowMs, _received.Count);
    }

    /// <summary>All that the stream took is read again from its begin.</summary>
    public List<Finding> ReceiveAllAgain() => [.. _received.SelectMany((one, i) => Observe(one.Bytes, one.AtMs, i + 1))];

    /// <summary>The next frame, and what it brings about.</summary>
    public IReadOnlyList<Finding> Send(ulong numbers = 10, IReadOnlyList<LostRange>? lost = null, Heartbeat? heartbeat = null, long? bootTimeUnixNs = null) =>
        Receive(Make(numbers, lost, heartbeat, bootTimeUnixNs));

    /// <summary>Nothing but good frames for a while, one a minute.</summary>
    public List<Finding> Pass(TimeSpan time)
    {
        var findings = new List<Finding>();
        for (var end = NowMs + time.TotalMilliseconds; NowMs < end;)
        {
            NowMs += 59_000;
            findings.AddRange(Send());
        }

        return findings;
    }

    /// <summary>Another process takes over.</summary>
    public void Restart() => Watch = new HostWatch(WatchState.TryDecode(Watch.State.Encode())!);

    private IReadOnlyList<Finding> Observe(byte[] bytes, long nowMs, int number)
    {
        Assert.True(FrameDecoder.TryDecode(bytes, out var frame, out var error), error.ToString());
        var place = Shard is null ? null : new StreamPlace(Shard, number.ToString(CultureInfo.InvariantCulture));
        return Watch.Observe(bytes, frame!, nowMs, place: place);
    }

    private byte[] Encode(Frame frame)
    {
        var bytes = new ArrayBufferWriter<byte>();
        Assert.True(_encoder.TryEncode(frame, bytes));
        return bytes.WrittenSpan.ToArray();
    }
}
