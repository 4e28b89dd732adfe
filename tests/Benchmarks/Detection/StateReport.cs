using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Detection;

namespace Benchmarks.Detection;

/// <summary>What 10,000 groups take as a stored state, as a Markdown table: bytes a group, also after Brotli, and the time it takes.</summary>
internal static class StateReport
{
    private const int Tries = 5;

    public static string Make()
    {
        var text = new StringBuilder(
            "| correlation | hits a group | bytes a group | + Brotli | encode, ms | decode, ms |\n|---|---|---|---|---|---|\n");
        foreach (var type in CorrelationWorkload.Types)
        {
            var workload = new CorrelationWorkload(type, fires: false);
            var state = workload.Engine.Encode();
            var encode = Best(() => workload.Engine.Encode());
            var decode = Best(() => Resume(workload, state));
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {type} | {CorrelationWorkload.HitsPerGroup} | {Per(state.Length)} | {Per(Compressed(state))} | {encode:f0} | {decode:f0} |\n");
        }

        return text.ToString();

        static string Per(int bytes) => (bytes / (double)CorrelationWorkload.Groups).ToString("f0", CultureInfo.InvariantCulture);
    }

    private static DetectionEngine Resume(CorrelationWorkload workload, byte[] state) =>
        DetectionEngine.TryResume(workload.Pack, null, state, out var engine, out var fault) ? engine : throw new InvalidOperationException(fault);

    private static double Best(Action work)
    {
        var best = double.MaxValue;
        for (var i = 0; i < Tries; i++)
        {
            var start = Stopwatch.GetTimestamp();
            work();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return best;
    }

    private static int Compressed(byte[] bytes)
    {
        var compressed = new byte[BrotliEncoder.GetMaxCompressedLength(bytes.Length)];
        return BrotliEncoder.TryCompress(bytes, compressed, out var written, quality: 1, window: 18) ? written : bytes.Length;
    }
}
