using System.Globalization;
using Amazon.Kinesis.Model;
using Benchmarks.Recordings;
using Support.Lambda;
using Wire.Codec;
using Wire.Model;

namespace Benchmarks.Function;

/// <summary>
/// Batches as Lambda gives them, made of recorded events: each host plays the recordings again and again, under its own numbers, times and chain, from a
/// place of its own on. All hosts together have <see cref="Rate"/> events a second. Deterministic.
/// </summary>
internal static class FunctionBatches
{
    /// <summary>Events a second of all hosts together, in event time.</summary>
    public const int Rate = 100_000;

    private const int RecordsPerBatch = 200;

    // What makes a host exceed some hundred events a second is work, such as a build, not people who log in.
    private static readonly string[] Played = [.. Enumerable.Repeat("build", 8), "package", "login"];

    // Between a host's first frame and all others: of a host that it has known for less than the lateness bound, the function waits for frames from
    // before, and forgets nothing. Nearly all hosts have been known for longer.
    private const ulong KnownForNs = 11 * 60 * 1_000_000_000ul;

    private const string Shard = "shardId-000000000000";
    private const string Arn = "arn:aws:kinesis:eu-west-1:123456789012:stream/bench";

    /// <summary>Writes a file for each batch.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="hosts">Hosts, which take turns.</param>
    /// <param name="eventsPerFrame">Events of a frame.</param>
    /// <param name="events">How many in all, about.</param>
    public static void Write(string folder, int hosts, int eventsPerFrame, int events)
    {
        Directory.CreateDirectory(folder);
        var contents = Played.SelectMany(name => RecordedFrames.Load(name)).SelectMany(frame => frame.Events).ToArray();
        var senders = Enumerable.Range(0, hosts).Select(host => new BenchHost(host, contents, 1_000_000_000L * hosts / Rate)).ToArray();
        var sent = 0L;
        for (var batch = 0; batch * RecordsPerBatch * (long)eventsPerFrame < events; batch++)
        {
            var records = Enumerable.Range(0, RecordsPerBatch).Select(_ => Record(senders[sent % hosts], eventsPerFrame, ++sent)).ToList();
            File.WriteAllBytes(
                Path.Combine(folder, batch.ToString("d5", CultureInfo.InvariantCulture) + ".json"), KinesisEventJson.Write(Arn, Shard, records));
        }
    }

    private static Record Record(BenchHost host, int events, long number) => new()
    {
        PartitionKey = host.Identity.HostId,
        SequenceNumber = (number + 49_000_000_000).ToString(CultureInfo.InvariantCulture),
        ApproximateArrivalTimestamp = host.Now.UtcDateTime,
        Data = new MemoryStream(host.Next(events)),
    };

    private sealed class BenchHost(int number, HostEvent[] contents, long stepNs)
    {
        private readonly FrameEncoder _encoder = new(FrameLink.Bytes, packs: true);

        // How far each lane is. As an agent does, every frame tells it of all lanes, which is what lets the function forget.
        private readonly SortedDictionary<Lane, ulong> _numbers = new(Enum.GetValues<Lane>().ToDictionary(lane => lane, _ => 0ul));
        private ulong _bootNs = 86_400_000_000_000;
        private long _at = number * 7919L;
        private FrameDigest? _previous;

        public HostIdentity Identity { get; } = Support.Some.Host(
            string.Create(CultureInfo.InvariantCulture, $"i-{number:x17}"), new Guid(number + 1, 0, 0, new byte[8]), string.Create(CultureInfo.InvariantCulture, $"web-{number}"));

        public DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds((Support.Some.BootTimeUnixNs + (long)_bootNs) / 1_000_000);

        // All of one lane, as the first event's: a frame holds no other.
        public byte[] Next(int count)
        {
            var lane = contents[_at % contents.Length].Lane;
            var events = new List<HostEvent>();
            for (; events.Count < count; _at++)
            {
                var content = contents[_at % contents.Length];
                if (content.Lane == lane)
                {
                    events.Add(Stamped(content));
                }
            }

            var encoded = _encoder.Encode(new Frame
            {
                Host = Identity, Lane = lane, BootTimeUnixNs = Support.Some.BootTimeUnixNs, Events = events,
                Range = new SequenceRange(events[0].Sequence, events[^1].Sequence), Progress = [.. _numbers.Select(reached => new LaneProgress(reached.Key, reached.Value, _bootNs + 1))],
            });
            var frame = _previous is { } previous ? FrameLink.Append(encoded, previous) : encoded;
            _bootNs += _previous is null ? KnownForNs : 0;
            _previous = FrameDigest.Of(frame);
            return frame;
        }

        private HostEvent Stamped(HostEvent e)
        {
            _bootNs += (ulong)stepNs;
            var number = ++_numbers[e.Lane];
            var facts = e.Facts with { Host = Identity, Sequence = number, BootNs = _bootNs, TimeNs = Support.Some.BootTimeUnixNs + (long)_bootNs };
            return EventCopy.Of(e, facts, text => text, address => address);
        }
    }
}
