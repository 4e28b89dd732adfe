using Support;
using Wire.Codec;

namespace Wire.Tests.Codec;

/// <summary>What an event may cost on the wire: the price of the stream follows from it.</summary>
public sealed class SizeTests
{
    [Theory]
    [InlineData(25, false, 40)]
    [InlineData(25, true, 60)]
    [InlineData(200, false, 19)]
    [InlineData(200, true, 28)]
    public void Events_cost_no_more_than_their_bytes_on_average(int events, bool withExecs, int bytesPerEvent)
    {
        var encoder = new FrameEncoder();
        var mean = Enumerable.Range(1, 20).Average(seed => encoder.Encode(SampleTraffic.Frame(events, withExecs, seed)).Length / (double)events);
        Assert.True(mean <= bytesPerEvent, $"{mean:f1} bytes an event");
    }

    [Fact]
    public void A_used_encoder_allocates_nothing_per_event()
    {
        var encoder = new FrameEncoder();
        var output = new System.Buffers.ArrayBufferWriter<byte>(1 << 20);
        var (few, many) = (SampleTraffic.Frame(100), SampleTraffic.Frame(1_000));
        Allocated(encoder, many, output);
        Allocated(encoder, few, output);
        Assert.Equal(Allocated(encoder, few, output), Allocated(encoder, many, output));
    }

    private static long Allocated(FrameEncoder encoder, Wire.Model.Frame frame, System.Buffers.ArrayBufferWriter<byte> output)
    {
        output.ResetWrittenCount();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.True(encoder.TryEncode(frame, output));
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
