using EdgeAgent.Batching;
using EdgeAgent.Enrichment;
using EdgeAgent.Options;
using EdgeAgent.Probes;
using Support;
using Wire.Model;

namespace EdgeAgent.Tests.Fakes;

/// <summary>The batchers of both lanes as the pipeline drives them, on a clock that a test moves. Numbers start at 11.</summary>
internal sealed class TwoLanes
{
    private readonly ManualTime _time = new();
    private readonly HostProgress _progress;
    private readonly SortedDictionary<Lane, ulong> _given = new() { [Lane.High] = 10, [Lane.Bulk] = 10 };
    private readonly SortedDictionary<Lane, LaneBatcher> _batchers = [];

    internal TwoLanes(AgentOptions? options = null)
    {
        Heartbeat = new HostHeartbeat(() => new Heartbeat { TakenBootNs = Now }, _time);
        options ??= new AgentOptions();
        _progress = new HostProgress(new LaneStart(LaneNumbers.After(10), LaneNumbers.After(10), Now), options);
        foreach (var lane in Enum.GetValues<Lane>())
        {
            _batchers[lane] = new LaneBatcher(Some.Host(), lane, new BootClock(Some.BootTimeUnixNs), _time, LaneNumbers.After(10), _progress,
                lane == Lane.High ? Heartbeat : null);
        }
    }

    /// <summary>Not begun: nothing is said before.</summary>
    internal HostHeartbeat Heartbeat { get; }

    /// <summary>Boot time, ns; starts at 1000 s.</summary>
    internal ulong Now { get; private set; } = Some.Seconds(1000);

    /// <summary>Whether frames wait for the sinks.</summary>
    internal bool IsBehind
    {
        set => _progress.Gathering.IsBehind = value;
    }

    internal void Advance(double seconds)
    {
        Now += Some.Seconds(seconds);
        _time.Advance(TimeSpan.FromSeconds(seconds));
    }

    /// <summary>The kernel gives a number.</summary>
    internal ulong Give(Lane lane) => ++_given[lane];

    /// <summary>The kernel gives a number, and the event reaches the agent.</summary>
    internal HostEvent Happen(Lane lane)
    {
        var e = Event(lane, Give(lane), Now);
        Arrive(e);
        return e;
    }

    internal void Arrive(HostEvent e) => _batchers[e.Lane].Add(e);

    internal void Skip(Lane lane, ulong number) => _batchers[lane].Skip(number);

    /// <summary>One pass of the pipeline; everything that has arrived is taken before it.</summary>
    /// <param name="drained">False when records are left in the rings.</param>
    /// <param name="given">What the kernel answers when it is asked; null = the truth.</param>
    internal List<Frame> Pass(bool drained = true, ulong? given = null)
    {
        foreach (var (lane, last) in _given)
        {
            _progress.KernelGave(lane, given ?? last, Now);
        }

        var frames = new List<Frame>();
        foreach (var (lane, batcher) in _batchers)
        {
            if (drained)
            {
                batcher.KernelGave(given ?? _given[lane]);
            }

            frames.AddRange(batcher.TakeDue(final: false));
        }

        return frames;
    }

    /// <summary>Passes every 20 ms.</summary>
    internal List<Frame> Run(double seconds)
    {
        var frames = new List<Frame>();
        for (var end = Now + Some.Seconds(seconds); Now < end; Advance(0.02))
        {
            frames.AddRange(Pass());
        }

        return frames;
    }

    internal static HostEvent Event(Lane lane, ulong number, ulong bootNs) => lane == Lane.High
        ? Some.FileOpen(sequence: number, bootNs: bootNs)
        : Some.Connect(sequence: number, bootNs: bootNs);
}
