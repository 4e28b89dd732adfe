using System.Globalization;
using Benchmarks.Recordings;
using EdgeAgent.Batching;
using EdgeAgent.Enrichment;
using EdgeAgent.Options;
using EdgeAgent.Probes;
using Support;
using Wire.Codec;
using Wire.Model;

namespace Benchmarks.Cost;

/// <summary>
/// A host whose agent has the real batching, progress, heartbeats and frames, on a clock that is moved; its events are others' again under its own numbers
/// and times. Not thread-safe.
/// </summary>
internal sealed class CostHost
{
    private readonly ManualTime _time = new();
    private readonly HostProgress _progress;
    private readonly SortedDictionary<Lane, ulong> _given = new() { [Lane.High] = 0, [Lane.Bulk] = 0 };
    private readonly SortedDictionary<Lane, LaneBatcher> _batchers = [];
    private readonly FramePacker _packer = new();
    private readonly IReadOnlyList<HostEvent> _contents;
    private readonly HostIdentity _identity;
    private ulong _now;
    private ulong _nextEvent;
    private long _at;
    private FrameDigest? _previous;

    /// <param name="number">Which of the hosts.</param>
    /// <param name="contents">Its events, again and again.</param>
    public CostHost(int number, IReadOnlyList<HostEvent> contents)
    {
        _contents = contents;
        _identity = Some.Host(
            string.Create(CultureInfo.InvariantCulture, $"i-{number:x17}"), new Guid(number + 1, 0, 0, new byte[8]), string.Create(CultureInfo.InvariantCulture, $"web-{number}"));

        // Hosts are not in step.
        (_at, _now) = (number * 7919L, Some.Seconds(86_400 + (number * 0.37)));
        _nextEvent = _now;
        var options = new AgentOptions();
        var start = LaneNumbers.After(0);
        _progress = new HostProgress(new LaneStart(start, start, _now), options);
        var heartbeat = new HostHeartbeat(Beat, _time);
        heartbeat.Begin();
        foreach (var lane in _given.Keys)
        {
            _batchers[lane] = new LaneBatcher(_identity, lane, new BootClock(Some.BootTimeUnixNs), _time, start, _progress, lane == Lane.High ? heartbeat : null);
        }
    }

    /// <summary>The host.</summary>
    public string Id => _identity.HostId;

    /// <summary>Lets time pass.</summary>
    /// <param name="step">How much: a pass of the agent's pipeline.</param>
    /// <param name="eventsPerSecond">Events in it.</param>
    /// <returns>The frames that leave, as they are put.</returns>
    public IEnumerable<byte[]> Pass(TimeSpan step, double eventsPerSecond)
    {
        _time.Advance(step);
        for (_now += (ulong)step.TotalNanoseconds; _nextEvent <= _now; _nextEvent += (ulong)(1e9 / eventsPerSecond))
        {
            Happen(_contents[(int)(_at++ % _contents.Count)]);
        }

        foreach (var (lane, last) in _given)
        {
            _progress.KernelGave(lane, last, _now);
        }

        foreach (var (lane, batcher) in _batchers)
        {
            batcher.KernelGave(_given[lane]);
            foreach (var batch in batcher.TakeDue(final: false).SelectMany(_packer.Pack))
            {
                yield return Linked(batch.Bytes.ToArray());
            }
        }
    }

    private void Happen(HostEvent content)
    {
        var facts = content.Facts with { Host = _identity, Sequence = ++_given[content.Lane], BootNs = _nextEvent, TimeNs = Some.BootTimeUnixNs + (long)_nextEvent };
        _batchers[content.Lane].Add(EventCopy.Of(content, facts, text => text, address => address));
    }

    private byte[] Linked(byte[] encoded)
    {
        var frame = _previous is { } previous ? FrameLink.Append(encoded, previous) : encoded;
        _previous = FrameDigest.Of(frame);
        return frame;
    }

    private Heartbeat Beat() => new()
    {
        TakenBootNs = _now, UptimeNs = _now, AgentVersion = "1.0.0", ConfigHash = new string('a', 16), WatchHash = new string('b', 16), Pins = PinState.Adopted,
        Sinks = [new SinkHealth { Name = "kinesis" }],
        Signals = [.. ((string[])["exec", "exit", "fork", "open", "connect", "send", "call"]).Select(signal => new SignalHealth(signal, "fexit") { Trust = HookTrust.Proven })],
    };
}
