using Detection.Correlation;
using Detection.Findings;
using Detection.Routing;
using Detection.Rules;
using Detection.Taxonomy;
using Detection.Tuning;
using Wire.Model;

namespace Detection;

/// <content>From a match to the firings of rules and of the correlations that refer to them.</content>
public sealed partial class DetectionEngine
{
    private static readonly string[] PlainGroup = ["host", "process"];

    // Occurrences that each correlation has still to take up. Filled from inner to outer correlations: those stand later.
    private readonly List<Hit>[] _pending;
    private bool _isPending;

    void IMatchSink.Matched(int rule, int record)
    {
        Counters.Matches++;
        _matches[rule]++;
        var targets = _rules[rule];
        var e = _view!.Event;
        if (targets.Rule.AlertsAlone)
        {
            AlertAlone(targets, e);
        }

        foreach (var (correlation, role) in targets.Roles)
        {
            Note(correlation, role, _view, record, null, null, Verdict.Certain);
        }
    }

    // A process that does the same again and again is one incident; another process never hides behind it.
    private void AlertAlone(RuleTargets targets, HostEvent e)
    {
        var process = DerivedKeys.Text(e.Process.Key);
        var scope = new GroupScope(DerivedKeys.Join(_bootKeys.Of(e.Host), process), [e.Host.HostId, process]);
        Alert(targets, scope, e, Verdict.Certain, false, () => [new Witness(targets.Rule.Info.Title, e)]);
    }

    private void Note(
        int correlation, int role, EventView view, int record, IReadOnlyList<KeyValuePair<string, string>>? innerGroup,
        IReadOnlyList<Witness>? inner, Verdict verdict)
    {
        var reader = _scopes[correlation];
        OccurrenceObserver?.Invoke(new Occurrence(
            _pack.Correlations[correlation], role, view.Event, reader.MissingKeys(view, role, innerGroup), !reader.TryReadValue(view, innerGroup, out _, out _)));
        if (!reader.TryRead(view, role, innerGroup) || !reader.TryReadValue(view, innerGroup, out var text, out var number))
        {
            Counters.MissingGroupFields++;
            return;
        }

        // Usually the group is there, and with it the texts that it is named by.
        var tracker = TrackerOf(PartitionOf(correlation, view.Event), correlation);
        var scope = tracker.Store.ScopeOf(reader.Key) ?? reader.MakeScope();
        _isPending = true;
        _pending[correlation].Add(new Hit
        {
            Event = view.Event,
            Record = record,
            Role = role,
            Roles = 1ul << role,
            Scope = scope,
            Value = text,
            Number = number,
            Inner = inner,
            Verdict = verdict,
        });
    }

    private void ApplyPending(int correlation)
    {
        if (_pending[correlation].Count == 0)
        {
            return;
        }

        // Taken out first: if one of them shows a fault of ours, it must not come back with the next event.
        Hit[] hits = _pack.Correlations[correlation].Type == CorrelationType.TemporalOrdered ? [.. _pending[correlation]] : Joined(_pending[correlation]);
        _pending[correlation].Clear();
        var before = Counters.HitsLookedAt;
        foreach (var hit in hits)
        {
            TrackerOf(PartitionOf(correlation, hit.Event), correlation).Apply(hit);
        }

        // Only now: a verdict may depend on any of them.
        foreach (var hit in hits)
        {
            var partition = PartitionOf(correlation, hit.Event);
            var tracker = TrackerOf(partition, correlation);
            tracker.Decide();
            partition.Expect(tracker.NextDueNs);
        }

        _lookedAt[correlation] += Counters.HitsLookedAt - before;
    }

    // An event stands for all its roles at once: else what fires would show an older event for a role that this one has, too.
    private static Hit[] Joined(List<Hit> hits)
    {
        if (hits.Count == 1)
        {
            return [hits[0]];
        }

        var kept = new List<Hit>(hits.Count);
        foreach (var hit in hits)
        {
            if (kept.Find(other => EventOrder.Compare(other.Event, hit.Event) == 0 && other.Scope.Key == hit.Scope.Key
                && other.Value == hit.Value && other.Verdict == hit.Verdict) is { } same)
            {
                same.Join(hit);
            }
            else
            {
                kept.Add(hit);
            }
        }

        return [.. kept];
    }

    private void OnFiring(
        CorrelationRule rule, Hit final, GroupScope scope, Verdict verdict, bool again, Func<IReadOnlyList<Witness>> witnesses)
    {
        if (rule.Exceptions.Count > 0 && IsExcepted(rule, final))
        {
            return;
        }

        _fired[_numbers[rule]] += again ? 0 : 1;
        var targets = _correlations[_numbers[rule]];
        if (rule.AlertsAlone)
        {
            Alert(targets, scope, final.Event, verdict, again, witnesses);
        }

        if (targets.Roles.Length > 0)
        {
            NoteFiring(rule, targets, final, scope, verdict, witnesses());
        }
    }

    private bool IsExcepted(CorrelationRule rule, Hit final)
    {
        var view = _finalViews.Show(final.Event);
        view.ShowRecord(final.Record);
        return RuleTuning.Any(rule.Exceptions, view);
    }

    // An occurrence for the correlations that refer to what fired.
    private void NoteFiring(
        CorrelationRule rule, RuleTargets targets, Hit final, GroupScope scope, Verdict verdict, IReadOnlyList<Witness> witnesses)
    {
        var view = _finalViews.Show(final.Event);
        view.ShowRecord(final.Record);
        KeyValuePair<string, string>[] group = [.. rule.GroupBy.Select((entry, i) => KeyValuePair.Create(entry.Name, scope.Values[i]))];
        foreach (var (correlation, role) in targets.Roles)
        {
            Note(correlation, role, view, final.Record, group, witnesses, verdict);
        }
    }

    private void Alert(
        RuleTargets targets, GroupScope scope, HostEvent final, Verdict verdict, bool again, Func<IReadOnlyList<Witness>> witnesses)
    {
        var correlation = targets.Rule as CorrelationRule;
        var partition = correlation is null ? HostOf(final.Host.HostId).Partition : PartitionOf(_numbers[correlation], final);
        var log = LogOf(partition, targets.Number);
        log.Fire(scope, final, verdict, again, Observer is null ? witnesses : Observed(targets, log.GroupNames, scope, final, verdict, witnesses()));
        partition.Expect(log.NextDueNs);
    }

    private Func<IReadOnlyList<Witness>> Observed(
        RuleTargets targets, IReadOnlyList<string> names, GroupScope scope, HostEvent final, Verdict verdict, IReadOnlyList<Witness> witnesses)
    {
        Observer!(new Firing(targets.Rule.Info, [.. names.Zip(scope.Values, KeyValuePair.Create)], final, witnesses, verdict));
        return () => witnesses;
    }

    private IncidentLog LogOf(Partition partition, int number)
    {
        if (partition.Logs[number] is { } known)
        {
            return known;
        }

        var rule = number < _pack.Rules.Count ? _pack.Rules[number] : (Rule)_pack.Correlations[number - _pack.Rules.Count];
        var correlation = rule as CorrelationRule;
        return partition.Logs[number] = new IncidentLog(
            rule.Info,
            correlation is null ? PlainGroup : [.. correlation.GroupBy.Select(entry => entry.Name)],
            Math.Max(correlation?.TimespanNs ?? 0, _context.Limits.SuppressionNs),
            partition);
    }

    private CorrelationTracker TrackerOf(Partition partition, int correlation) =>
        partition.Trackers[correlation] ??= CorrelationTracker.For(_pack.Correlations[correlation], partition, OnFiring);

    private Partition PartitionOf(int correlation, HostEvent e) =>
        _scopes[correlation].WithinHost ? HostOf(e.Host.HostId).Partition : _sharedOf[correlation]!.Partition;
}
