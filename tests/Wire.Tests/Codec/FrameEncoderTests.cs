using System.Buffers;
using Support;
using Wire.Codec;
using Wire.Model;

namespace Wire.Tests.Codec;

/// <summary>What the encoder refuses, and what it does at the limits.</summary>
public sealed class FrameEncoderTests
{
    private readonly FrameEncoder _encoder = new();

    public static TheoryData<string, Frame> BrokenFrames => new()
    {
        { "another host", Some.Frame([Some.Exit()], host: Some.Host("i-other")) },
        { "another host, boot or lane", Some.Frame([Some.Exit()], lane: Lane.High) },
        { "outside the frame's range", Some.Frame([Some.Exit(sequence: 9)], new SequenceRange(1, 8)) },
        { "not after the one before", Some.Frame([Some.Exit(sequence: 2), Some.Exit(sequence: 2)]) },
        { "is no range", Some.Frame([], new SequenceRange(0, 3)) },
        { "is no range", Some.Frame([], new SequenceRange(5, 3)) },
        { "is no range", Some.Frame([], new SequenceRange(5, 1ul << 63)) },
        { "lost range 3..9", Some.Frame([], new SequenceRange(1, 8), [Lost(3, 9)]) },
        { "lost range 4..3", Some.Frame([], new SequenceRange(1, 8), [Lost(4, 3)]) },
        { "lost range 2..5", Some.Frame([], new SequenceRange(1, 8), [Lost(1, 2), Lost(2, 5)]) },
        { "0 characters", Some.Frame([], host: Some.Host("")) },
        { "129 characters", Some.Frame([], host: Some.Host(new string('h', 129))) },
        { "progress of lane Bulk stands after that of lane Bulk", Progress(new(Lane.Bulk, 1, 1), new(Lane.Bulk, 2, 2)) },
        { "progress of lane High stands after that of lane Bulk", Progress(new(Lane.Bulk, 1, 1), new(Lane.High, 2, 2)) },
        { "beyond all events", Progress(new LaneProgress(Lane.High, 1ul << 63, 1)) },
        { "beyond all events", Progress(new LaneProgress(Lane.High, 1, ulong.MaxValue)) },
        { "the container id of event 1 has 65", Some.Frame([InContainer(65)]) },
        { "the time of event 1", Some.Frame([TimeOff()]) },
    };

    [Theory]
    [MemberData(nameof(BrokenFrames), DisableDiscoveryEnumeration = true)]
    public void A_frame_that_contradicts_itself_is_a_bug_and_throws(string words, Frame frame)
    {
        var fault = Assert.Throws<ArgumentException>(() => _encoder.Encode(frame));
        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_frame_leaves_the_encoder_usable()
    {
        Assert.Throws<ArgumentException>(() => _encoder.Encode(Some.Frame([], host: Some.Host(""))));
        var frame = SampleTraffic.Frame(10);
        Assert.Equal(new FrameEncoder().Encode(frame), _encoder.Encode(frame));
    }

    [Fact]
    public void A_used_encoder_writes_the_same_bytes_as_a_new_one()
    {
        foreach (var frame in GoldenFrames.All.Values)
        {
            var output = new ArrayBufferWriter<byte>();
            Assert.True(_encoder.TryEncode(frame, output));
            Assert.Equal(new FrameEncoder().Encode(frame), output.WrittenSpan.ToArray());
        }
    }

    [Fact]
    public void Events_that_do_not_fit_are_left_to_the_caller_to_divide()
    {
        var path = new string('x', 4_000);
        var frame = Some.Frame(Enumerable.Range(1, 300).Select(i => Some.FileOpen($"/{i}/{path}", sequence: (ulong)i)).ToArray());
        var output = new ArrayBufferWriter<byte>();
        Assert.False(_encoder.TryEncode(frame, output));
        Assert.Equal(0, output.WrittenCount);
        Assert.Contains("split", Assert.Throws<ArgumentException>(() => _encoder.Encode(frame)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_events_than_a_frame_may_have_are_left_to_the_caller_to_divide()
    {
        var process = Some.Process();
        Frame Exits(int count) => Some.Frame(Enumerable.Range(1, count).Select(i => Some.Exit(process, (ulong)i)).ToArray());
        Assert.True(_encoder.TryEncode(Exits(FrameFormat.MaxEvents), new ArrayBufferWriter<byte>()));
        Assert.False(_encoder.TryEncode(Exits(FrameFormat.MaxEvents + 1), new ArrayBufferWriter<byte>()));
    }

    [Fact]
    public void A_frame_of_just_the_largest_size_decodes()
    {
        const int Others = 130;
        Frame With(string last) => Some.Frame([
            .. Enumerable.Range(1, Others).Select(i => Some.FileOpen($"{i:000}{new string('x', 8_000)}", sequence: (ulong)i)),
            Some.FileOpen(last, sequence: Others + 1)]);
        var room = FrameFormat.MaxFrameBytes - _encoder.Encode(With("/")).Length;
        Assert.InRange(room, 100, FrameFormat.MaxStringLength);
        var largest = Enumerable.Range(room - 10, 20)
            .Select(length => With("/" + new string('x', length)))
            .Last(frame => _encoder.TryEncode(frame, new ArrayBufferWriter<byte>()));
        var bytes = _encoder.Encode(largest);
        Assert.Equal(FrameFormat.MaxFrameBytes, bytes.Length);
        Assert.True(FrameDecoder.TryDecode(bytes, out _, out var error), error.ToString());
    }

    [Fact]
    public void The_longest_lineage_comes_back_whole()
    {
        var youngest = Chain(ProcessNode.MaxLineage - 1);
        var frame = Some.Frame([Some.Exec(youngest)]);
        Assert.Equal(FrameText.Of(frame), FrameText.Of(RoundTrip(frame)));
    }

    [Fact]
    public void A_longer_lineage_keeps_the_younger_half_at_least_and_says_so()
    {
        int[] lengths = [3, 255, 256, 300, 600];
        var frame = Some.Frame(lengths.Select((length, i) => Some.Exec(Chain(length), (ulong)i + 1)).ToArray());
        var grown = Some.Frame(Grow(600).Select((process, i) => Some.Exec(process, (ulong)i + 1)).ToArray());
        foreach (var (sent, got) in frame.Events.Concat(grown.Events).Zip(RoundTrip(frame).Events.Concat(RoundTrip(grown).Events)))
        {
            var (all, kept) = (sent.Process.Lineage().ToList(), got.Process.Lineage().ToList());
            Assert.InRange(kept.Count, Math.Min(all.Count, ProcessNode.MaxLineage / 2), ProcessNode.MaxLineage);
            Assert.Equal(all.Take(kept.Count).Select(node => node.Key), kept.Select(node => node.Key));
            Assert.Equal(kept[^1].Key != Some.Init.Key, kept[^1].LineageTruncated);
        }
    }

    [Fact]
    public void One_event_whose_lineage_exceeds_a_frame_is_sent_with_its_nearest_ancestors()
    {
        var process = Some.Init;
        for (var i = 0; i < 200; i++)
        {
            process = Some.Process($"/bin/{i}", [i + new string('a', 8_000)], process, 100u + (uint)i);
        }

        var got = RoundTrip(Some.Frame([Some.Exec(process)])).Events[0].Process.Lineage().ToList();
        Assert.Equal(FrameEncoder.ShortLineage, got.Count);
        Assert.Equal(process.Lineage().Take(FrameEncoder.ShortLineage).Select(node => node.CommandLine), got.Select(node => node.CommandLine));
        Assert.True(got[^1].LineageTruncated);
    }

    private Frame RoundTrip(Frame frame)
    {
        Assert.True(FrameDecoder.TryDecode(_encoder.Encode(frame), out var decoded, out var error), error.ToString());
        return decoded;
    }

    private static ProcessNode Chain(int length) => Grow(length).LastOrDefault(Some.Init);

    // Each process a child of the one before.
    private static IEnumerable<ProcessNode> Grow(int length)
    {
        var process = Some.Init;
        for (var i = 0; i < length; i++)
        {
            process = Some.Process("/bin/sh", parent: process, pid: 100u + (uint)i);
            yield return process;
        }
    }

    private static LostRange Lost(ulong first, ulong last) => new(new SequenceRange(first, last), LossCause.Kernel);

    private static Frame Progress(params LaneProgress[] progress) => new()
    {
        Host = Some.Host(), Lane = Lane.Bulk, Range = new SequenceRange(1, 1), BootTimeUnixNs = Some.BootTimeUnixNs, Events = [], Progress = progress,
    };

    private static ExitEvent InContainer(int length) => new(new EventFacts
    {
        Host = Some.Host(), Lane = Lane.Bulk, Sequence = 1, BootNs = 5, TimeNs = Some.BootTimeUnixNs + 5, Process = Some.Init,
        Actor = new ActorFacts { Credentials = default, ContainerId = new string('a', length) },
    });

    private static ExitEvent TimeOff() => new(new EventFacts
    {
        Host = Some.Host(), Lane = Lane.Bulk, Sequence = 1, BootNs = 5, TimeNs = Some.BootTimeUnixNs + 6, Process = Some.Init, Actor = new ActorFacts { Credentials = default },
    });

    [Fact]
    public void What_no_decoder_would_take_is_not_written()
    {
        string[][] beyond =
        [
            [new string('A', FrameFormat.MaxStringLength + 1)],
            [new string('A', FrameFormat.MaxArgumentsLength / 2), new string('B', FrameFormat.MaxArgumentsLength / 2)],
        ];
        Assert.All(beyond, arguments => Assert.False(
            new FrameEncoder().TryEncode(Some.Frame([Some.Exec(Some.Process(arguments: arguments))]), new System.Buffers.ArrayBufferWriter<byte>())));
        Assert.Throws<ArgumentException>(() => new FrameEncoder().Encode(Some.Frame([], host: Some.Host(hostName: new string('h', FrameFormat.MaxStringLength + 1)))));
    }
}
