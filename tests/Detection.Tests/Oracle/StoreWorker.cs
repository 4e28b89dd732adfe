using Detection.Findings;
using Detection.Rules;
using Support;
using Wire.Model;

namespace Detection.Tests.Oracle;

/// <summary>Evaluates batches against a store as the function does (decision 0021); its memory is a cache.</summary>
internal sealed class StoreWorker(RulePack pack, DetectionLimits limits, ItemStore store)
{
    private readonly Dictionary<string, long> _versions = [];
    private DetectionEngine _engine = new(pack, limits);

    /// <summary>It is started anew.</summary>
    public void Crash()
    {
        _engine = new DetectionEngine(pack, limits);
        _versions.Clear();
    }

    /// <summary>Evaluates a batch and commits it. It stops before each write, where it may be left for ever, or go on after others did something.</summary>
    public IEnumerator<bool> Take(IReadOnlyList<Parcel> batch)
    {
        string[] hosts = [.. batch.Select(HostOf).Distinct()];
        while (true)
        {
            Load(batch);
            var incidents = batch.SelectMany(Evaluate).ToList();
            foreach (var name in Changed(hosts).ToList())
            {
                yield return true;
                if (!TryWrite(name, incidents))
                {
                    break;
                }
            }

            if (!Changed(hosts).Any())
            {
                Assert.Empty(incidents);
                yield break;
            }

            // A conflict: what is not as it is stored has to be evaluated again.
            Forget(hosts);
        }
    }

    /// <summary>Moves a host on that is silent, and commits that.</summary>
    public IEnumerator<bool> Advance(string host, long completeNs)
    {
        while (true)
        {
            ForgetAll();
            foreach (var rule in _engine.SharedRules)
            {
                LoadShared(rule);
            }

            LoadHost(host);
            var incidents = _engine.AdvanceHost(host, completeNs).ToList();
            foreach (var name in Changed([host]).ToList())
            {
                yield return true;
                if (!TryWrite(name, incidents))
                {
                    break;
                }
            }

            if (!Changed([host]).Any())
            {
                Assert.Empty(incidents);
                yield break;
            }
        }
    }

    /// <summary>Takes up all items; no more events will come.</summary>
    public IEnumerable<Incident> Complete()
    {
        ForgetAll();
        foreach (var name in store.Names)
        {
            if (name.StartsWith("G#", StringComparison.Ordinal))
            {
                LoadShared(name[2..]);
            }
            else
            {
                LoadHost(name[2..]);
            }
        }

        return _engine.Complete();
    }

    private static string HostOf(Parcel parcel) => (parcel.Frame?.Host ?? parcel.Event!.Host).HostId;

    private static Frame FrameOf(Parcel parcel) => parcel.Frame ?? Some.Frame([parcel.Event!]);

    private IEnumerable<Incident> Evaluate(Parcel parcel) => parcel.Frame is null ? _engine.Evaluate(parcel.Event!) : _engine.EvaluateFrame(parcel.Frame);

    private IEnumerable<string> Changed(string[] hosts) =>
    [
        .. _engine.SharedRules.Where(rule => _engine.SharedChange(rule) == State.StateChange.Memory).Select(rule => "G#" + rule),
        .. hosts.Where(host => _engine.HostChange(host) == State.StateChange.Memory).Select(host => "H#" + host),
    ];

    private bool TryWrite(string name, List<Incident> incidents)
    {
        var id = name[2..];
        var isShared = name.StartsWith("G#", StringComparison.Ordinal);
        var state = isShared ? _engine.EncodeShared(id) : _engine.EncodeHost(id);
        List<Incident> own = [.. incidents.Where(incident => isShared ? incident.Rule.Id == id : !_engine.SharedRules.Contains(incident.Rule.Id) && incident.FirstFiring.HostId == id)];
        if (!store.TryWrite(name, _versions.GetValueOrDefault(name), state, own))
        {
            return false;
        }

        incidents.RemoveAll(own.Contains);
        _versions[name] = _versions.GetValueOrDefault(name) + 1;
        if (isShared)
        {
            _engine.MarkSharedSaved(id);
        }
        else
        {
            _engine.MarkHostSaved(id);
        }

        return true;
    }

    private void Forget(string[] hosts)
    {
        foreach (var rule in _engine.SharedRules.Where(rule => _engine.SharedChange(rule) == State.StateChange.Memory))
        {
            LoadShared(rule);
        }

        foreach (var host in hosts.Where(host => _engine.HostChange(host) != State.StateChange.None))
        {
            LoadHost(host);
        }
    }

    private void ForgetAll()
    {
        foreach (var host in _engine.Hosts)
        {
            _engine.ForgetHost(host);
        }
    }

    private void Load(IReadOnlyList<Parcel> batch)
    {
        foreach (var rule in _engine.SharedRules.Where(rule => batch.Any(parcel => _engine.SharedIsStale(rule, FrameOf(parcel)))))
        {
            LoadShared(rule);
        }

        // Of what comes without frames nobody can tell whether something is missing before it.
        foreach (var first in batch.GroupBy(HostOf).Select(host => host.First()).Where(first => first.Frame is null || _engine.HostIsStale(first.Frame)))
        {
            LoadHost(HostOf(first));
        }
    }

    private void LoadShared(string rule)
    {
        var (version, state) = store.Read("G#" + rule);
        _versions["G#" + rule] = version;
        if (state is null)
        {
            _engine.ForgetShared(rule);
            _engine.MarkSharedSaved(rule);
            return;
        }

        Assert.True(_engine.TryLoadShared(rule, state, out var fault), fault);
    }

    private void LoadHost(string host)
    {
        var (version, state) = store.Read("H#" + host);
        _versions["H#" + host] = version;
        if (state is null)
        {
            _engine.ForgetHost(host);
            return;
        }

        Assert.True(_engine.TryLoadHost(host, state, out var fault), fault);
    }
}
