using Detection.Correlation;
using Detection.Correlation.Telemetry;
using Detection.Findings;
using Detection.Routing;
using Detection.Rules;
using Detection.State;
using Detection.Taxonomy;
using Wire.Model;

namespace Detection;

/// <summary>
/// Evaluates rules over events: which incidents there are is a function of the set of events, within the lateness bound whatever the
/// order of arrival, and however often an event is given. Pure: no clock, no I/O. Not thread-safe.
/// </summary>
/// <remarks>What it does with a match stands in <c>DetectionEngine.Firing.cs</c>, how time goes on in <c>DetectionEngine.Time.cs</c>.</remarks>
public sealed partial class DetectionEngine : IMatchSink
{
    private readonly RulePack _pack;
    private readonly EvaluationContext _context;
    private readonly RuleScan _scan;
    private readonly RuleTargets[] _rules;
    private readonly RuleTargets[] _correlations;
    private readonly Dictionary<CorrelationRule, int> _numbers;
    private readonly GroupScopeReader[] _scopes;
    private readonly BootKeys _bootKeys = new();
    private readonly EventViews _views = new();
    private readonly EventViews _finalViews = new();
    private readonly BoundedMap<string, HostState> _hosts = new();
    private readonly SharedState[] _shared;
    private readonly SharedState?[] _sharedOf;
    private readonly Watermarks _watermarks;
    private readonly bool _keepsMarks;
    private readonly bool _holdsBack;
    private readonly RuleTags _tags;
    private EventView? _view;

    // The last one touched, which no other look-up moves or pushes out before the next.
    private (string? Id, HostState? State) _newestHost;

    /// <summary>An engine without memory of any event.</summary>
    /// <param name="pack">The rules.</param>
    /// <param name="limits">Bounds; null = the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">A bound is outside its range.</exception>
    public DetectionEngine(RulePack pack, DetectionLimits? limits = null)
    {
        limits ??= new DetectionLimits();
        limits.Check();
        _pack = pack;
        _context = new EvaluationContext(limits, Counters);
        _rules = [.. RuleTargets.Of(pack.Rules, 0, pack.Correlations).Where(rule => rule.IsUsed)];
        _correlations = RuleTargets.Of(pack.Correlations, pack.Rules.Count, pack.Correlations);
        _numbers = [];
        for (var number = 0; number < pack.Correlations.Count; number++)
        {
            _numbers.Add(pack.Correlations[number], number);
        }

        _scopes = [.. pack.Correlations.Select(rule => new GroupScopeReader(rule, _bootKeys))];
        _pending = [.. pack.Correlations.Select(_ => new List<Hit>())];
        _scan = new RuleScan(new RuleIndex([.. _rules.Select(rule => (SigmaRule)rule.Rule)]));
        _matches = new long[_rules.Length];
        _lookedAt = new long[pack.Correlations.Count];
        _fired = new long[pack.Correlations.Count];
        _watermarks = new Watermarks(limits);
        _sharedOf = new SharedState?[pack.Correlations.Count];
        _shared = [.. SharedRule.Of(pack.Correlations, number => _scopes[number].WithinHost).Select(NewShared)];
        Array.ForEach(_shared, Place);
        _keepsMarks = Array.Exists(_shared, shared => shared.Rule.KeepsMarks);
        _holdsBack = Array.Exists(_shared, shared => shared.Rule.Awaited.Length > 0);
        _context.Evicted = NoteEvicted;
        _tags = new RuleTags(pack.Correlations);
        SharedRules = [.. _shared.OrderByDescending(shared => shared.Rule.Numbers[^1]).Select(shared => shared.Rule.Id)];
    }

    /// <summary>What the engine has done so far.</summary>
    public DetectionCounters Counters { get; } = new();

    /// <summary>
    /// Told of every firing of a rule that alerts, whether it opens an incident or not, and once more when an unknown one turns out
    /// certain; null = nobody asks.
    /// </summary>
    public Action<Firing>? Observer { get; set; }

    /// <summary>Told of everything that fills a role of a correlation, also of what lacks the values to take part; null = nobody asks.</summary>
    public Action<Occurrence>? OccurrenceObserver { get; set; }

    /// <summary>Takes an event up.</summary>
    /// <returns>The incidents that open, escalate or close because of it; usually none.</returns>
    public IReadOnlyList<Incident> Evaluate(HostEvent e)
    {
        var host = HostOf(e.Host.HostId);

        // Without a frame nobody could say later which numbers were seen, but not stored.
        host.Partition.NoteChange();
        return Evaluate(host, e);
    }

    private IReadOnlyList<Incident> Evaluate(HostState host, HostEvent e)
    {
        Counters.Events++;
        if (!host.Telemetry.Add(e, out var late))
        {
            Counters.Duplicates++;
            return [];
        }

        _context.Late = late;
        _view = _views.Show(e);
        _scan.Match(_view, this);
        AdvanceTo(host, e);
        return _context.TakeChanges();
    }

    /// <summary>
    /// Takes up the events of a frame, and what it says of the other numbers: lost, or filtered on the host.
    /// </summary>
    /// <param name="frame">The frame.</param>
    /// <param name="digest">Of its bytes; null = not known: then nothing is concluded from which frame names which.</param>
    /// <returns>What opens, escalates or closes, while it is enumerated; to be enumerated to its end, once.</returns>
    public IEnumerable<Incident> EvaluateFrame(Frame frame, FrameDigest? digest = null)
    {
        var host = HostOf(frame.Host.HostId);
        NoteSynced(host, frame);
        host.Telemetry.Follow(frame, digest);
        var next = frame.Range.First;
        var lost = 0;
        foreach (var e in frame.Events)
        {
            lost = host.Telemetry.Cover(frame, next, e.Sequence, lost);
            foreach (var incident in Evaluate(host, e))
            {
                yield return incident;
            }

            next = e.Sequence + 1;
        }

        host.Telemetry.Cover(frame, next, frame.Range.Last + 1, lost);
        host.Telemetry.NoteProgress(frame);
        foreach (var incident in Advance(host))
        {
            yield return incident;
        }
    }

    /// <summary>No more events will come: answers what waits and closes all incidents. What is evaluated afterwards is answered at once.</summary>
    public IReadOnlyList<Incident> Complete()
    {
        _context.Late = false;
        foreach (var (_, host) in _hosts.Entries.ToList())
        {
            host.Telemetry.Complete();
            Unmark(host);
            Advance(host.Partition, host.Telemetry.WatermarkNs);
        }

        AdvanceShared(isEnd: true);
        return _context.TakeChanges();
    }

    private HostState HostOf(string id)
    {
        if (id == _newestHost.Id)
        {
            return _newestHost.State!;
        }

        if (!_hosts.TryTouch(id, out var host))
        {
            host = Add(NewHost(id));
        }

        _newestHost = (id, host);
        return host;
    }

    private HostState Add(HostState host)
    {
        _hosts.Add(host.Id, host);
        if (_hosts.Count > _context.Limits.Hosts)
        {
            Evict(_hosts.Oldest.Value);
        }

        return host;
    }

    private void Evict(HostState host)
    {
        if (host.IsStored && host.Change(_context.Limits.UnsavedNs) != StateChange.Memory)
        {
            ForgetHost(host.Id);
            return;
        }

        Counters.EvictedHosts++;
        Counters.EvictedRanges += host.Telemetry.SegmentCount;
        host.Partition.CloseIncidents(long.MaxValue);
        foreach (var shared in _shared)
        {
            shared.Partition.ForgottenNs = Math.Max(shared.Partition.ForgottenNs, host.Telemetry.Latest.TimeNs);
            shared.Marks.Remove(host.Id);
            shared.Partition.NoteChange();
        }

        ForgetHost(host.Id);
    }

    private HostState NewHost(string id)
    {
        var telemetry = new HostTelemetry(_context.Limits, Counters);
        return new HostState(id, telemetry, NewPartition(telemetry.LostBetween, false));
    }

    private void Place(SharedState shared)
    {
        foreach (var number in shared.Rule.Numbers)
        {
            _sharedOf[number] = shared;
        }
    }

    private SharedState NewShared(SharedRule rule)
    {
        var marks = new HostMarks();
        return new SharedState(rule, NewPartition(
            (fromNs, toNs, endsBeforeNs) =>
            {
                RefreshMarks();
                return marks.LostBetween(fromNs, toNs, endsBeforeNs);
            },
            true), marks, new Watermarks(_context.Limits));
    }

    private Partition NewPartition(Func<long, long, long, bool> lostBetween, bool isShared) =>
        new(_context, _pack.Correlations.Count, _pack.Rules.Count + _pack.Correlations.Count, lostBetween) { IsShared = isShared };
}
