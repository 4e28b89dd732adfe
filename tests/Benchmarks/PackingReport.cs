using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Benchmarks.Recordings;
using Wire.Codec;

namespace Benchmarks;

/// <summary>
/// What Brotli would save on recorded frames of several sizes and what it costs, as a Markdown table: bytes an event, and ns an event to pack
/// and to unpack. The least of many runs, so that other programs on the machine do not count.
/// </summary>
internal static class PackingReport
{
    private const int PrefixBytes = 10;
    private const int WindowBits = 18;
    private static readonly byte[] Room = new byte[1 << 20];
    private static readonly int[] Qualities = [0, 1, 2, 3, 4, 5];
    private static readonly int[] Sizes = [5, 10, 25, 100, 400];

    public static string Make()
    {
        var text = new StringBuilder("| recording | events a frame | bytes a frame | plain |");
        foreach (var quality in Qualities)
        {
            text.Append(CultureInfo.InvariantCulture, $" q{quality} |");
        }

        text.Append("\n|---|---|---|---|---|---|---|---|---|---|\n");
        foreach (var name in RecordedFrames.Names)
        {
            var recorded = RecordedFrames.Load(name);
            foreach (var size in Sizes)
            {
                var cut = RecordedFrames.Merged(recorded, size).ToArray();
                var events = cut.Sum(frame => frame.Events.Count);
                var frames = cut.Select(frame => new FrameEncoder().Encode(frame)[PrefixBytes..]).ToArray();
                var bytes = frames.Sum(frame => frame.Length);
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"| {name} | {events / (double)frames.Length:f0} | {bytes / frames.Length} | {bytes / (double)events:f1} |");
                foreach (var quality in Qualities)
                {
                    var packed = frames.Select(frame => Pack(frame, quality)).ToArray();
                    var packNs = LeastNs(() => frames.Sum(frame => Pack(frame, quality).Length)) / events;
                    var unpackNs = LeastNs(() => packed.Sum(Unpack)) / events;
                    text.Append(
                        CultureInfo.InvariantCulture, $" {packed.Sum(frame => frame.Length) / (double)events:f1}, {packNs:f0}, {unpackNs:f0} |");
                }

                text.Append('\n');
            }
        }

        return text.ToString();
    }

    private static byte[] Pack(byte[] bytes, int quality)
    {
        var packed = new byte[BrotliEncoder.GetMaxCompressedLength(bytes.Length)];
        return BrotliEncoder.TryCompress(bytes, packed, out var written, quality, WindowBits) ? packed[..written] : bytes;
    }

    private static int Unpack(byte[] packed) => BrotliDecoder.TryDecompress(packed, Room, out var written) ? written : 0;

    private static double LeastNs(Func<int> action)
    {
        var least = double.MaxValue;
        for (var i = 0; i < 30; i++)
        {
            var started = Stopwatch.GetTimestamp();
            GC.KeepAlive(action());
            least = Math.Min(least, Stopwatch.GetElapsedTime(started).TotalNanoseconds);
        }

        return least;
    }
}
