using FsCheck;
using FsCheck.Fluent;
using Support;
using Wire.Chain;
using Wire.Codec;
using Wire.Model;

namespace Wire.Tests.Chain;

public sealed class ChainCheckTests
{
    private const int Frames = 12;
    private const ulong Forged = 1_000_000;
    private static readonly List<byte[]> Chain = MakeChain(Frames);

    /// <summary>Any choice of frames, as often as one likes, in any order: what is expected follows from the places in the chain alone.</summary>
    [Fact]
    public void Frames_of_a_chain_are_told_apart_in_any_order_with_any_missing_and_any_repeated() => Prop
        .ForAll(Gen.Choose(0, Frames - 1).ArrayOf().ToArbitrary(), order =>
        {
            var received = new HashSet<int>();
            var check = new ChainCheck();
            foreach (var i in order)
            {
                var expected = received.Contains(i) ? ChainPlace.Resent
                    : received.Contains(i + 1) ? ChainPlace.Late
                    : i == 0 ? ChainPlace.Start
                    : received.Contains(i - 1) ? ChainPlace.Next
                    : ChainPlace.Gap;
                Assert.Equal(expected, Add(check, Chain[i]));
                received.Add(i);
            }
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(1_000).WithEndSize(40));

    /// <summary>Where a frame is forged, and how: by whom cannot read the stream, or by whom can.</summary>
    [Fact]
    public void Forged_frame_shows_and_takes_nothing_away_from_the_true_ones() => Prop
        .ForAll(Gen.Choose(0, Frames - 1).ToArbitrary(), Gen.Choose(0, 3).ToArbitrary(), (after, how) =>
        {
            var check = new ChainCheck();
            List<ChainPlace> places = [.. Chain.Take(after + 1).Select(bytes => Add(check, bytes))];
            var forged = Add(check, how switch
            {
                0 => Make(Forged),
                1 => Make(Forged, FrameDigest.Of([7])),
                2 => Make(Forged, FrameDigest.Of(Chain[after])),
                _ => Make(Forged, FrameDigest.Of(Chain[after / 2])),
            });
            places.AddRange(Chain.Skip(after + 1).Select(bytes => Add(check, bytes)));

            var isNewest = how == 2 || (how == 3 && after / 2 == after);
            Assert.Equal(how switch { 0 => ChainPlace.Start, 1 => ChainPlace.Gap, _ when isNewest => ChainPlace.Next, _ => ChainPlace.Fork }, forged);

            // A forged frame that passes for the next one makes the true next one a fork.
            Assert.Equal(Chain.Select((_, i) => i == 0 ? ChainPlace.Start : isNewest && i == after + 1 ? ChainPlace.Fork : ChainPlace.Next), places);
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Frame_that_was_made_anew_after_a_crash_is_no_fork_and_the_chain_goes_on_from_it()
    {
        var check = new ChainCheck();
        var under = Make(5, FrameDigest.Of(Chain[0]));
        var anew = Make(5, FrameDigest.Of(Chain[0]), last: 9);
        byte[][] all = [Chain[0], under, anew, Make(10, FrameDigest.Of(anew))];
        Assert.Equal([ChainPlace.Start, ChainPlace.Next, ChainPlace.Remade, ChainPlace.Next], all.Select(bytes => Add(check, bytes)));
    }

    [Fact]
    public void Lanes_share_a_chain_and_not_their_numbers()
    {
        var check = new ChainCheck();
        byte[][] all = [Chain[0], Make(5, FrameDigest.Of(Chain[0])), Make(5, FrameDigest.Of(Chain[0]), lane: Lane.High)];
        Assert.Equal([ChainPlace.Start, ChainPlace.Next, ChainPlace.Fork], all.Select(bytes => Add(check, bytes)));
    }

    [Fact]
    public void Of_what_is_older_than_the_memory_nothing_is_known()
    {
        var check = new ChainCheck(memory: 4);
        List<ChainPlace> places = [.. Chain.Skip(1).Select(bytes => Add(check, bytes))];
        Assert.Equal(Chain.Skip(1).Select((_, i) => i == 0 ? ChainPlace.Gap : ChainPlace.Next), places);
        Assert.Equal(ChainPlace.Start, Add(check, Chain[0]));
        Assert.Equal(ChainPlace.Gap, Add(check, Make(Forged, FrameDigest.Of(Chain[3]))));
        Assert.Equal(ChainPlace.Next, Add(check, Make(Frames + 1, FrameDigest.Of(Chain[^1]))));
    }

    private static List<byte[]> MakeChain(int count)
    {
        var chain = new List<byte[]>();
        for (var i = 0; i < count; i++)
        {
            chain.Add(Make((ulong)i + 1, i == 0 ? null : FrameDigest.Of(chain[^1])));
        }

        return chain;
    }

    private static byte[] Make(ulong first, FrameDigest? previous = null, ulong? last = null, Lane lane = Lane.Bulk)
    {
        var bytes = new FrameEncoder().Encode(Some.Frame([], new SequenceRange(first, last ?? first), lane: lane));
        return previous is { } before ? FrameLink.Append(bytes, before) : bytes;
    }

    private static ChainPlace Add(ChainCheck check, byte[] bytes)
    {
        Assert.True(FrameDecoder.TryDecode(bytes, out var frame, out var error), error.ToString());
        return check.Add(bytes, frame);
    }
}
