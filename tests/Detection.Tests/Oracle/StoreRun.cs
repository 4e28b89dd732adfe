using Detection.Findings;

namespace Detection.Tests.Oracle;

/// <summary>What several workers on one store say of a case: with crashes, conflicts, cold starts, batches that come twice or in halves.</summary>
internal sealed class StoreRun
{
    private readonly Scenario _scenario;
    private readonly Random _random;
    private readonly ItemStore _store = new();
    private readonly StoreWorker[] _workers;
    private long _newestNs = long.MinValue;
    private int _crashes;

    private StoreRun(Scenario scenario)
    {
        _scenario = scenario;
        _random = new Random(scenario.Seed + 2);
        var limits = new DetectionLimits
        {
            LatenessNs = scenario.LatenessNs,
            SuppressionNs = scenario.SuppressionNs,

            // Long enough for all that a case lasts: a host that is silent for longer than an agent is has a gap.
            UnsavedNs = _random.Next(3) == 0 ? 0 : 400_000_000_000,
        };
        var pack = Packs.LoadAll(scenario.Yaml);
        _workers = [.. Enumerable.Range(0, 3).Select(_ => new StoreWorker(pack, limits, _store))];
    }

    /// <summary>All that the outboxes were given, and what the end of all events brings.</summary>
    public static List<Incident> Of(Scenario scenario)
    {
        var run = new StoreRun(scenario);
        run.All();
        return [.. run._store.Outbox, .. run._workers[0].Complete()];
    }

    private void All()
    {
        var batches = Batches();
        while (batches.Count > 0)
        {
            var batch = Next(batches);
            if (batches.Count > 0 && _random.Next(3) == 0 && MaySwap(batch, batches[0]))
            {
                AtOnce(batch, Next(batches), batches);
            }
            else if (_random.Next(6) == 0)
            {
                // A worker that was given up goes on beside the one that has its batch now.
                AtOnce(batch, batch, batches);
            }
            else
            {
                AtOnce(batch, [], batches);
            }

            if (_random.Next(8) == 0)
            {
                Advance();
            }
        }
    }

    private List<List<Parcel>> Batches()
    {
        var batches = new List<List<Parcel>>();
        foreach (var parcel in Delivery.Of(_scenario, lanesInOrder: true))
        {
            if (batches.Count == 0 || _random.Next(3) == 0)
            {
                batches.Add([]);
            }

            batches[^1].Add(parcel);
        }

        return batches;
    }

    private static List<Parcel> Next(List<List<Parcel>> batches)
    {
        var batch = batches[0];
        batches.RemoveAt(0);
        return batch;
    }

    // Two batches of different hosts that may come in either order: none is later than the other by more than the bound.
    private bool MaySwap(List<Parcel> one, List<Parcel> other) =>
        !one.Select(HostOf).Intersect(other.Select(HostOf)).Any()
        && other.Max(parcel => parcel.NewestNs) <= one.Min(parcel => parcel.OldestNs) + _scenario.LatenessNs;

    private static string HostOf(Parcel parcel) => (parcel.Frame?.Host ?? parcel.Event!.Host).HostId;

    // Two workers take a step each in any order; one that crashes has its batch delivered again, perhaps in halves.
    private void AtOnce(List<Parcel> one, List<Parcel> other, List<List<Parcel>> batches)
    {
        var first = _random.Next(_workers.Length);
        var second = (first + 1 + _random.Next(_workers.Length - 1)) % _workers.Length;
        List<(StoreWorker Worker, List<Parcel> Batch, IEnumerator<bool> Steps)> running =
            [(_workers[first], one, _workers[first].Take(one)), (_workers[second], other, _workers[second].Take(other))];
        while (running.Count > 0)
        {
            var at = _random.Next(running.Count);
            var (worker, batch, steps) = running[at];
            if (_crashes < 6 && _random.Next(8) == 0)
            {
                _crashes++;
                worker.Crash();
                running.RemoveAt(at);
                batches.InsertRange(0, Again(batch));
            }
            else if (!steps.MoveNext())
            {
                running.RemoveAt(at);
                _newestNs = batch.Select(parcel => parcel.NewestNs).Append(_newestNs).Max();
            }
        }

        // A cold start without a crash.
        if (_random.Next(4) == 0)
        {
            _workers[_random.Next(_workers.Length)].Crash();
        }
    }

    private List<List<Parcel>> Again(List<Parcel> batch)
    {
        var half = batch.Count / 2;
        return half > 0 && _random.Next(2) == 0 ? [batch[..half], batch[half..]] : batch.Count > 0 ? [batch] : [];
    }

    // What is behind the newest of all by twice the bound is there, whatever host it is of.
    private void Advance()
    {
        var hosts = _store.Names.Where(name => name.StartsWith("H#", StringComparison.Ordinal)).ToList();
        if (hosts.Count > 0 && _newestNs != long.MinValue)
        {
            var steps = _workers[0].Advance(hosts[_random.Next(hosts.Count)][2..], _newestNs - (2 * _scenario.LatenessNs));
            while (steps.MoveNext())
            {
            }
        }
    }
}
