using Support;
using Wire.Codec;
using Wire.Model;

namespace Wire.Tests.Codec;

/// <summary>What an agent says of itself is bounded, on both ends.</summary>
public sealed class HeartbeatTests
{
    private static readonly string Longest = new('x', Heartbeat.MaxTextLength);

    [Fact]
    public void Frame_without_one_says_so()
    {
        Assert.True(FrameDecoder.TryDecode(new FrameEncoder().Encode(Some.Frame([])), out var frame, out _));
        Assert.Null(frame.Heartbeat);
    }

    [Fact]
    public void The_largest_comes_back()
    {
        var frame = Frame(new Heartbeat
        {
            TakenBootNs = 1, AgentVersion = Longest, ConfigHash = new string('f', 2 * Heartbeat.MaxHashBytes),
            Totals = new AgentTotals { LostInKernel = [.. Enumerable.Repeat(ulong.MaxValue, FrameFormat.MaxLanes)] },
            Sinks = [.. Enumerable.Repeat(new SinkHealth { Name = Longest, Trouble = Longest }, Heartbeat.MaxSinks)],
            Signals = [.. Enumerable.Repeat(new SignalHealth(Longest, Longest), Heartbeat.MaxSignals)],
        });
        Assert.True(FrameDecoder.TryDecode(new FrameEncoder().Encode(frame), out var decoded, out var error), error.ToString());
        Assert.Equal(FrameText.Of(frame), FrameText.Of(decoded));
    }

    [Fact]
    public void What_is_beyond_a_bound_is_not_written()
    {
        Heartbeat[] broken =
        [
            new() { TakenBootNs = long.MaxValue },
            new() { TakenBootNs = 1, AgentVersion = Longest + "x" },
            new() { TakenBootNs = 1, ConfigHash = "F0" },
            new() { TakenBootNs = 1, WatchHash = "abc" },
            new() { TakenBootNs = 1, WatchHash = new string('0', (2 * Heartbeat.MaxHashBytes) + 2) },
            new() { TakenBootNs = 1, Totals = new AgentTotals { LostInKernel = new ulong[FrameFormat.MaxLanes + 1] } },
            new() { TakenBootNs = 1, Sinks = [.. Enumerable.Repeat(new SinkHealth { Name = "" }, Heartbeat.MaxSinks + 1)] },
            new() { TakenBootNs = 1, Sinks = [new SinkHealth { Name = Longest + "x" }] },
            new() { TakenBootNs = 1, Sinks = [new SinkHealth { Name = "", Trouble = Longest + "x" }] },
            new() { TakenBootNs = 1, Sinks = [new SinkHealth { Name = "", SinceBootNs = long.MaxValue }] },
            new() { TakenBootNs = 1, Signals = [.. Enumerable.Repeat(new SignalHealth("", ""), Heartbeat.MaxSignals + 1)] },
            new() { TakenBootNs = 1, Signals = [new SignalHealth(Longest + "x", "")] },
            new() { TakenBootNs = 1, Signals = [new SignalHealth("", "", TestedBootNs: long.MaxValue)] },
        ];
        Assert.All(broken, beat => Assert.Throws<ArgumentException>(() => new FrameEncoder().Encode(Frame(beat))));
    }

    [Fact]
    public void What_is_beyond_a_bound_is_refused_with_its_place()
    {
        var text = new byte[Heartbeat.MaxTextLength + 1];
        Refuses(FrameErrorKind.TooLarge, "field 3 holds a text", w => w.WriteField(HeartbeatField.AgentVersion, text));
        Refuses(FrameErrorKind.Malformed, "field 4 holds a hash of 33 bytes", w => w.WriteField(HeartbeatField.ConfigHash, new byte[33]));
        Refuses(FrameErrorKind.Malformed, "field 6 holds 256", w => w.WriteField(HeartbeatField.Pins, 256));
        Refuses(FrameErrorKind.Malformed, "field 1 holds a time after", w => w.WriteField(HeartbeatField.Taken, long.MaxValue));
        Refuses(FrameErrorKind.TooLarge, "257 lanes with losses", w => w.WriteField(HeartbeatField.LostInKernel, FrameSurgery.Bytes(b => b.WriteVarint(257))));
        Refuses(FrameErrorKind.TooLarge, "17 sinks", w => w.WriteField(HeartbeatField.Sinks, FrameSurgery.Bytes(b => b.WriteVarint(17))));
        Refuses(FrameErrorKind.TooLarge, "65 signals", w => w.WriteField(HeartbeatField.Signals, FrameSurgery.Bytes(b => b.WriteVarint(65))));
        Refuses(FrameErrorKind.TooLarge, "field 2 holds a text", w => w.WriteField(HeartbeatField.Sinks, Row(b => b.WriteField(SinkHealthField.Trouble, text))));
        Refuses(FrameErrorKind.Malformed, "bytes too many in the sinks", w => w.WriteField(HeartbeatField.Sinks, (byte[])[.. Row(_ => { }), 0]));
        Refuses(FrameErrorKind.Malformed, "field 4 holds a time after", w => w.WriteField(
            HeartbeatField.Signals, Row(b => b.WriteField(SignalHealthField.Tested, long.MaxValue))));
    }

    [Fact]
    public void Fields_of_later_versions_are_stepped_over()
    {
        var fields = FrameSurgery.Fields(new FrameEncoder().Encode(Some.Frame([])));
        fields[FrameField.Heartbeat] = FrameSurgery.Block(FrameField.Heartbeat, w =>
        {
            w.WriteField(HeartbeatField.Taken, 5);
            w.WriteField(HeartbeatField.Sinks, Row(b => b.WriteField(99, [1, 2])));
            w.WriteField(98, 1);
        });
        Assert.True(FrameDecoder.TryDecode(FrameSurgery.Seal(fields), out var frame, out var error), error.ToString());
        Assert.Equal((5ul, ""), (frame.Heartbeat!.TakenBootNs, Assert.Single(frame.Heartbeat.Sinks).Name));
    }

    private static Frame Frame(Heartbeat beat) => new()
    {
        Host = Some.Host(), Lane = Lane.High, Range = new SequenceRange(1, 0), BootTimeUnixNs = Some.BootTimeUnixNs, Events = [], Heartbeat = beat,
    };

    private static byte[] Row(Action<WireWriter> fields) => FrameSurgery.Bytes(w =>
    {
        w.WriteVarint(1);
        w.WriteBlock(FrameSurgery.Bytes(fields));
    });

    private static void Refuses(FrameErrorKind kind, string message, Action<WireWriter> write)
    {
        var fields = FrameSurgery.Fields(new FrameEncoder().Encode(Some.Frame([])));
        fields[FrameField.Heartbeat] = FrameSurgery.Block(FrameField.Heartbeat, write);
        Assert.False(FrameDecoder.TryDecode(FrameSurgery.Seal(fields), out _, out var error));
        Assert.Equal(kind, error.Kind);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.True(error.Offset > 0);
    }
}
