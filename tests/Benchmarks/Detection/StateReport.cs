using System.Diagnostics;
using System.Globalization;
using System.Text;
using Detection;
using Detection.Rules;
using Detection.State;
using Support;
using Wire.Model;

namespace Benchmarks.Detection;

/// <summary>What is remembered as stored items, as Markdown tables: a host as it mostly is, and 10,000 groups of each kind; bytes, and the time it takes.</summary>
internal static class StateReport
{
    private const int Tries = 7;
    private const int EventsPerSecond = 5;

    public static string Make()
    {
        var text = new StringBuilder("| host, minutes of 5 events/s | bytes before Brotli | bytes | encode, µs | load, µs |\n|---|---|---|---|---|\n");
        foreach (var minutes in (int[])[0, 1, 10, 60])
        {
            var (pack, engine, host) = HostAfter(minutes);
            Append(text, $"{minutes}", $"{StateSeal.BodyOf(engine.EncodeHost(host)).Length}", 1, 1_000, engine.EncodeHost(host), () => engine.EncodeHost(host), item => Load(pack, null, host, item));
        }

        text.Append("\n| correlation | hits a group | bytes a group before Brotli | bytes a group | encode, ms | load, ms |\n|---|---|---|---|---|---|\n");
        foreach (var type in CorrelationWorkload.Types)
        {
            var workload = new CorrelationWorkload(type, fires: false);
            var host = workload.Engine.Hosts.Single();
            var item = workload.Engine.EncodeHost(host);
            Append(
                text, $"{type} | {CorrelationWorkload.HitsPerGroup}", $"{StateSeal.BodyOf(item).Length / CorrelationWorkload.Groups}", CorrelationWorkload.Groups, 1, item,
                () => workload.Engine.EncodeHost(host), bytes => Load(workload.Pack, CorrelationWorkload.Limits, host, bytes));
        }

        return text.ToString();
    }

    // Of a server that does what EventMix says, under the shipped rules.
    private static (RulePack Pack, DetectionEngine Engine, string Host) HostAfter(int minutes)
    {
        var pack = RuleFolders.Load(RuleFolders.Shipped);
        var engine = new DetectionEngine(pack);
        var contents = EventMix.Make(4_096);
        var numbers = new ulong[2];
        for (var second = 0; second <= 60 * minutes; second++)
        {
            List<HostEvent> events = [.. Enumerable.Range(0, EventsPerSecond).Select(i =>
            {
                var content = contents[((second * EventsPerSecond) + i) % contents.Length];
                return EventStream.Numbered(content, ++numbers[(int)content.Lane], (ulong)((second * 1_000L) + (i * 200L)) * 1_000_000);
            })];
            foreach (var lane in events.GroupBy(e => e.Lane))
            {
                _ = engine.EvaluateFrame(Some.Frame([.. lane]), FrameDigest.Of([(byte)second])).Count();
            }
        }

        return (pack, engine, contents[0].Host.HostId);
    }

    private static DetectionEngine Load(RulePack pack, DetectionLimits? limits, string host, byte[] item)
    {
        var engine = new DetectionEngine(pack, limits);
        return engine.TryLoadHost(host, item, out var fault) ? engine : throw new InvalidOperationException(fault);
    }

    private static void Append(
        StringBuilder text, string first, string second, int per, double timesMs, byte[] item, Action encode, Func<byte[], DetectionEngine> load)
    {
        // What is measured of a load is the load alone: an engine has the rules already.
        var engine = load(item);
        var host = engine.Hosts.Single();
        text.Append(
            CultureInfo.InvariantCulture,
            $"| {first} | {second} | {item.Length / per} | {Best(encode) * timesMs:f0} | {Best(() => engine.TryLoadHost(host, item, out _)) * timesMs:f0} |\n");
    }

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
}
