using FsCheck;
using FsCheck.Fluent;
using Support;
using Wire.Codec;
using Wire.Model;

namespace Wire.Tests.Codec;

public sealed class FrameLinkTests
{
    private static readonly FrameDigest Before = FrameDigest.Of([1, 2, 3]);

    [Fact]
    public void Digest_is_the_beginning_of_the_SHA_256_of_the_bytes()
    {
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223", FrameDigest.Of("abc"u8).ToString());
        Span<byte> bytes = stackalloc byte[FrameDigest.Length];
        Before.Write(bytes);
        Assert.Equal(Before, FrameDigest.Read(bytes));
        Assert.Equal(Before.ToString(), Convert.ToHexStringLower(bytes));
    }

    [Fact]
    public void Added_link_gives_the_bytes_that_the_encoder_writes() => Prop
        .ForAll(Gen.Choose(0, 255).Select(die => (byte)die).ArrayOf().ToArbitrary(), dice =>
        {
            var frame = RandomFrame.Of(dice);
            var linked = FrameLink.Append(new FrameEncoder().Encode(With(frame, null)), Before);
            return linked.AsSpan().SequenceEqual(new FrameEncoder().Encode(With(frame, Before)));
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(1_000));

    [Fact]
    public void Largest_frame_that_leaves_room_can_be_linked_and_is_no_larger_than_a_frame_may_be()
    {
        var (encoder, low, high) = (new FrameEncoder(FrameLink.Bytes), 0, FrameFormat.MaxFrameBytes);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            (low, high) = encoder.TryEncode(Large(middle), new System.Buffers.ArrayBufferWriter<byte>()) ? (middle, high) : (low, middle);
        }

        var largest = encoder.Encode(Large(low));
        var linked = FrameLink.Append(largest, Before);
        Assert.InRange(linked.Length, FrameFormat.MaxFrameBytes - 1, FrameFormat.MaxFrameBytes);
        Assert.True(FrameDecoder.TryDecode(linked, out var frame, out var error), error.ToString());
        Assert.Equal(Before, frame.Previous);
        Assert.Throws<ArgumentException>(() => FrameLink.Append(new FrameEncoder().Encode(Large(low + 2)), Before));
    }

    [Fact]
    public void What_is_no_frame_gets_no_link()
    {
        Assert.Throws<ArgumentException>(() => FrameLink.Append([], Before));
        Assert.Throws<ArgumentException>(() => FrameLink.Append(new byte[100], Before));
    }

    private static Frame Large(int size)
    {
        const int Longest = 8_000;
        return Some.Frame([.. Enumerable.Range(0, 1 + (size / Longest)).Select(i => Some.FileOpen(
            $"/{i:000}{new string('a', Math.Min(Longest, size - (Longest * i)))}", sequence: 1 + (ulong)i, lane: Lane.Bulk))]);
    }

    private static Frame With(Frame frame, FrameDigest? previous) => new()
    {
        Host = frame.Host, Lane = frame.Lane, Range = frame.Range, BootTimeUnixNs = frame.BootTimeUnixNs, Events = frame.Events, Lost = frame.Lost,
        Progress = frame.Progress, Previous = previous,
    };
}
