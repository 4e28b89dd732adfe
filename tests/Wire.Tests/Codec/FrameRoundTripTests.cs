using System.Buffers;
using FsCheck;
using FsCheck.Fluent;
using Support;
using Wire.Codec;
using Wire.Model;

namespace Wire.Tests.Codec;

/// <summary>What goes in comes out: any valid frame, every property.</summary>
public sealed class FrameRoundTripTests
{
    private static readonly Arbitrary<byte[]> Dice = Gen.Choose(0, 255).Select(die => (byte)die).ArrayOf().ToArbitrary();

    [Fact]
    public void Any_frame_comes_back_with_all_its_properties()
    {
        var encoder = new FrameEncoder();
        Prop.ForAll(Dice, dice =>
            {
                var frame = RandomFrame.Of(dice);
                return Decode(encoder.Encode(frame)) == FrameText.Of(frame);
            })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1_000).WithStartSize(1).WithEndSize(2_000));
    }

    /// <summary>A property that is added to the facts has to be given a value here, and to come back.</summary>
    [Fact]
    public void Every_fact_of_an_event_comes_back()
    {
        var facts = new EventFacts
        {
            Host = Some.Host(), Lane = Lane.Bulk, Sequence = 7, BootNs = 9, TimeNs = Some.BootTimeUnixNs + 9, Process = Some.Init,
            Actor = new ActorFacts
            {
                Credentials = Some.Credentials(), UserName = "real", EffectiveUserName = "effective", LoginUserName = "login", Terminal = 5,
                Namespaces = new Namespaces(1, 2, 3, 4), CgroupId = 6, ContainerId = "container",
            },
            ThreadId = 77, Cpu = 3, Flags = EventFlags.External, Origin = OriginFlags.Compat32, Repeated = 2, RepeatedNs = 4,
        };

        Assert.True(FrameDecoder.TryDecode(new FrameEncoder().Encode(Some.Frame([new ExitEvent(facts)])), out var frame, out var error), error.ToString());

        var missing = default(EventFacts);
        Assert.All(typeof(EventFacts).GetProperties(), property =>
        {
            Assert.NotEqual(property.GetValue(missing), property.GetValue(facts));
            if (property.Name is not (nameof(EventFacts.Host) or nameof(EventFacts.Process)))
            {
                Assert.Equal(property.GetValue(facts), property.GetValue(frame!.Events[0].Facts));
            }
        });
        var unknown = new ActorFacts { Credentials = default };
        Assert.All(typeof(ActorFacts).GetProperties(), property => Assert.NotEqual(property.GetValue(unknown), property.GetValue(facts.Actor)));
        Assert.Equal((facts.Host.HostId, facts.Process.Key), (frame!.Events[0].Host.HostId, frame.Events[0].Process.Key));
    }

    [Fact]
    public void Encoding_what_was_decoded_gives_the_same_bytes() => Prop
        .ForAll(Dice, dice =>
        {
            var bytes = new FrameEncoder().Encode(RandomFrame.Of(dice));
            return FrameDecoder.TryDecode(bytes, out var frame, out _) && new FrameEncoder().Encode(frame).AsSpan().SequenceEqual(bytes);
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithEndSize(1_500));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_used_encoder_writes_any_frame_as_a_new_one_does(bool packs)
    {
        // Each frame has a text of its own besides, so that an encoder drops more than once what it keeps of earlier frames. It begins with one that is too large.
        var used = new FrameEncoder(packs: packs);
        var number = 0;
        Assert.False(used.TryEncode(
            Some.Frame([.. Enumerable.Range(1, 600).Select(i => Some.Exec(Some.Process(arguments: [$"{i}" + new string('y', 4_000), "/etc/passwd"], pid: (uint)i), (ulong)i))]),
            new ArrayBufferWriter<byte>()));
        Prop.ForAll(Dice, dice =>
            {
                var own = Some.Frame([Some.Exec(Some.Process(arguments: [$"{number++}" + new string('x', 2_000), "/etc/passwd"]))]);
                var frame = RandomFrame.Of(dice);
                return Alike(own) && Alike(frame) && Alike(own);
            })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithEndSize(1_500));

        bool Alike(Frame frame) => used.Encode(frame).AsSpan().SequenceEqual(new FrameEncoder(packs: packs).Encode(frame));
    }

    [Fact]
    public void Events_of_one_process_share_its_node_and_all_events_share_the_host()
    {
        var process = Some.Process();
        var bytes = new FrameEncoder().Encode(Some.Frame(
            [Some.Exec(process, 1), Some.FileOpen(process: process, sequence: 2), Some.FileOpen(process: Some.Process(parent: process), sequence: 3)]));
        Assert.True(FrameDecoder.TryDecode(bytes, out var frame, out _));
        Assert.Same(frame.Events[0].Process, frame.Events[1].Process);
        Assert.Same(frame.Events[0].Process, frame.Events[2].Process.Parent);
        Assert.All(frame.Events, @event => Assert.Same(frame.Host, @event.Host));
    }

    [Fact]
    public void An_IPv4_address_in_IPv6_clothes_comes_back_as_IPv4()
    {
        Frame frame = Some.Frame([Some.Connect("::ffff:203.0.113.7")]);
        Assert.Equal(FrameText.Of(Some.Frame([Some.Connect("203.0.113.7")])), Decode(new FrameEncoder().Encode(frame)));
    }

    private static string Decode(byte[] bytes) =>
        FrameDecoder.TryDecode(bytes, out var frame, out var error) ? FrameText.Of(frame) : error.ToString();
}
