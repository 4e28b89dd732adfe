using System.Globalization;
using System.IO.Compression;
using System.Text;
using Support;
using Wire.Codec;

namespace Benchmarks;

/// <summary>Bytes an event, as a Markdown table: frames against JSON lines, each also as Brotli's fastest level would leave it.</summary>
internal static class SizeReport
{
    public static string Make()
    {
        var text = new StringBuilder("| events a frame | execs | JSON lines | + Brotli | frame | + Brotli |\n|---|---|---|---|---|---|\n");
        foreach (var events in new[] { 1, 5, 25, 125, 200, 1_000 })
        {
            foreach (var withExecs in new[] { false, true })
            {
                var frame = SampleTraffic.Frame(events, withExecs);
                var (json, wire) = (JsonLines.Encode(frame), new FrameEncoder().Encode(frame));
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"| {events} | {(withExecs ? "3 in 10" : "none")} | {Per(json.Length)} | {Per(Brotli(json))} | {Per(wire.Length)} | "
                    + $"{Per(Brotli(wire))} |\n");

                string Per(int bytes) => (bytes / (double)events).ToString("f1", CultureInfo.InvariantCulture);
            }
        }

        return text.ToString();
    }

    private static int Brotli(byte[] bytes)
    {
        var compressed = new byte[BrotliEncoder.GetMaxCompressedLength(bytes.Length)];
        return BrotliEncoder.TryCompress(bytes, compressed, out var written, quality: 1, window: 18) ? written : bytes.Length;
    }
}
