using System.Globalization;
using System.IO.Compression;
using System.Text;
using Benchmarks.Recordings;
using Wire.Codec;
using Wire.Model;

namespace Benchmarks;

/// <summary>
/// Bytes an event as a Markdown table, from recordings of what the real agent sent: JSON lines, the same packed with Brotli, and frames; as they
/// were flushed and in frames of so many events, with argv and without.
/// </summary>
internal static class SizeReport
{
    private static readonly int[] Sizes = [25, 50, 100, 400, 1_600, 6_400];

    public static string Make()
    {
        var text = new StringBuilder("| recording | frames | events a frame | argv | JSON | + Brotli | frame | as sent |\n|---|---|---|---|---|---|---|---|\n");
        foreach (var name in RecordedFrames.Names)
        {
            foreach (var withArguments in new[] { true, false })
            {
                var frames = RecordedFrames.Load(name, withArguments);
                var events = frames.Sum(frame => frame.Events.Count);
                Row(frames, "flushed");
                foreach (var size in Sizes.TakeWhile(size => size < 2 * events))
                {
                    Row([.. RecordedFrames.Merged(frames, size)], size.ToString(CultureInfo.InvariantCulture));
                }

                void Row(IReadOnlyList<Frame> cut, string how)
                {
                    var counted = cut.Sum(frame => frame.Events.Count);
                    var json = cut.Select(JsonLines.Encode).ToArray();
                    text.Append(
                        CultureInfo.InvariantCulture,
                        $"| {name} | {how} | {counted / (double)cut.Count:f0} | {(withArguments ? "yes" : "no")} | {Per(json.Sum(j => j.Length))} "
                        + $"| {Per(json.Sum(Brotli))} | {Per(cut.Sum(frame => new FrameEncoder().Encode(frame).Length))} | {Per(cut.Sum(frame => new FrameEncoder(packs: true).Encode(frame).Length))} |\n");

                    string Per(int bytes) => (bytes / (double)counted).ToString("f1", CultureInfo.InvariantCulture);
                }
            }
        }

        return text.ToString();
    }

    private static int Brotli(byte[] bytes)
    {
        var compressed = new byte[BrotliEncoder.GetMaxCompressedLength(bytes.Length)];
        return BrotliEncoder.TryCompress(bytes, compressed, out var written, quality: 4, window: 18) ? written : bytes.Length;
    }
}
