using System.Globalization;
using AlertLambda.Alerts;
using AlertLambda.Delivery;
using AlertLambda.Intake;
using AlertLambda.State;
using AlertLambda.Sweeping;
using Detection;
using Detection.Rules;
using Support;

namespace AlertLambda.Tests.State;

/// <summary>
/// One stream, one store, one topic, and workers that are killed, throttled, overtaken and started anew as the dice fall. Records go again from the first
/// that was not finished, as Lambda does it. Keeps account of what was published, and of what may come twice.
/// </summary>
internal sealed class CrashWorld : IDisposable
{
    private const int Workers = 2;

    private readonly Random _random;
    private readonly RulePack _pack = CrashStories.Pack();
    private readonly List<StreamRecord> _records;
    private readonly MemoryStore _memory;
    private readonly LogLines _log = new();
    private readonly ManualTime _clock = new();
    private readonly HashSet<string> _shared;
    private readonly Worker[] _workers;
    private readonly List<string> _forgotten = [];

    public CrashWorld(int seed, double faults, int records)
    {
        _random = new Random(seed);
        _memory = new MemoryStore(_clock);
        var frames = CrashStories.Frames(_random, records);
        var engine = new DetectionEngine(_pack);
        _shared = [.. engine.SharedRules];
        Expected = [.. frames.SelectMany(frame => engine.EvaluateFrame(frame)).Where(incident => incident.Change != Detection.Findings.IncidentChange.Closed)
            .SelectMany(incident => new AlertComposer("test").Compose(incident)).Select(NameOf).Distinct().Order()];
        _records = [.. frames.Select((frame, i) => new StreamRecord("shard-0", i.ToString(CultureInfo.InvariantCulture), frame.Host.HostId, CrashStories.Encode(frame)))];
        Faults = faults;
        _workers = [.. Enumerable.Range(0, Workers).Select(_ => new Worker(this))];
    }

    public IReadOnlyList<string> Expected { get; }

    /// <summary>Odds of a fault at each place where there can be one.</summary>
    public double Faults { get; set; }

    /// <summary>Everything that was published, twice what came twice.</summary>
    public List<string> Published { get; } = [];

    /// <summary>What came twice although it was marked.</summary>
    public List<string> Unexplained { get; } = [];

    public int Kills { get; private set; }

    public void Dispose() => _log.Dispose();

    public async Task RunAsync()
    {
        for (var next = 0; next < _records.Count;)
        {
            var batch = _records.GetRange(next, Math.Min(_random.Next(1, 8), _records.Count - next));
            var worker = _random.Next(Workers);
            var result = await TryAsync(worker, batch);
            next = result is null ? next : result.StoppedAt is null ? next + batch.Count : _records.IndexOf(result.StoppedAt);
            if (_random.NextDouble() < 0.2)
            {
                _clock.Advance(TimeSpan.FromSeconds(_random.Next(30)));
            }

            if (_random.NextDouble() < 0.1)
            {
                await SweepAsync();
            }
        }

        // All is well again: who lives takes out what it has sent, and the sweep sends the rest.
        Faults = 0;
        for (var worker = 0; worker < Workers; worker++)
        {
            await TryAsync(worker, []);
        }

        _clock.Advance(OutboxEntry.StaleAfter + TimeSpan.FromSeconds(1));
        await SweepAsync();
        await SweepAsync();
    }

    private async Task<BatchResult?> TryAsync(int worker, IReadOnlyList<StreamRecord> batch)
    {
        try
        {
            using var time = new TimeBudget(() => TimeSpan.FromMinutes(1));
            return await _workers[worker].Pipeline.RunAsync(batch, time);
        }
        catch (CrashException)
        {
            Kills++;
            _forgotten.AddRange(_workers[worker].Unmarked.Select(one => one.Message));
            _workers[worker] = new Worker(this);
            return null;
        }
    }

    private async Task SweepAsync()
    {
        var worker = new Worker(this);
        try
        {
            using var time = new TimeBudget(() => TimeSpan.FromMinutes(1));
            await worker.Sweeper.RunAsync(time);
        }
        catch (CrashException)
        {
            Kills++;
        }

        _forgotten.AddRange(worker.Unmarked.Select(one => one.Message));
    }

    private static string NameOf(AlertMessage message) => $"{message.IncidentId} {message.Medium} {message.Attributes["rule"]}";

    private void Publish(AlertMessage message, Worker by)
    {
        // When an incident is over, and what a crash says about the telemetry, depends on which process saw what: only openings are compared.
        if (message.Subject.Contains("Over: ", StringComparison.Ordinal) || !_pack.Rules.Concat<Rule>(_pack.Correlations).Any(rule => rule.Info.Id == message.Attributes["rule"]))
        {
            return;
        }

        var name = NameOf(message);
        if (Published.Contains(name) && !_forgotten.Contains(name) && !_workers.Append(by).Any(worker => worker.Unmarked.Any(one => one.Message == name)))
        {
            Unexplained.Add(name);
        }

        Published.Add(name);
        by.Unmarked.Add((_shared.Contains(message.Attributes["rule"]) ? ItemKey.OfShared(message.Attributes["rule"]) : ItemKey.OfHost(message.Attributes["host"]), name));
    }

    // Before or after a call: nothing, a fault that passes, or the end of the process.
    private void Roll(Func<Exception> transient)
    {
        if (_random.NextDouble() < Faults)
        {
            throw _random.Next(2) == 0 ? new CrashException() : transient();
        }
    }

    private sealed class Worker : IAlertPublisher
    {
        private readonly CrashWorld _world;

        public Worker(CrashWorld world)
        {
            _world = world;
            var store = new FaultyStore(world._memory)
            {
                Before = _ => world.Roll(() => FaultyStore.Throttled),
                After = call =>
                {
                    var key = call[(call.IndexOf(' ', StringComparison.Ordinal) + 1)..];
                    Unmarked.RemoveAll(one => one.Item == key);
                    world.Roll(() => FaultyStore.Throttled);
                },
            };
            var engine = new DetectionEngine(world._pack);
            var items = new EngineItems(engine, store, null, world._clock, world._log.Log);
            var delivery = new OutboxDelivery(this, world._log.Log);
            var desk = Desk.Of(world._pack, items, world._log.Log, world._clock);
            Pipeline = new AlertPipeline(new FrameIntake(new LogQuarantine(world._log.Log)), engine, items, desk, delivery);
            Sweeper = new Sweeper(store, engine, items, desk, delivery, world._log.Log, world._clock);
        }

        public AlertPipeline Pipeline { get; }

        public Sweeper Sweeper { get; }

        /// <summary>What this process has published, and not yet taken out of the store.</summary>
        public List<(string Item, string Message)> Unmarked { get; } = [];

        public Task<PublishResult> PublishAsync(AlertMessage message, CancellationToken cancellationToken)
        {
            if (_world._random.NextDouble() < _world.Faults)
            {
                return _world._random.Next(3) switch
                {
                    0 => throw new CrashException(),
                    1 => Task.FromResult(new PublishResult(PublishStatus.Transient, "no")),
                    _ => Task.FromResult(new PublishResult(PublishStatus.Permanent, "no topic")),
                };
            }

            _world.Publish(message, this);
            return _world._random.NextDouble() < _world.Faults ? throw new CrashException() : Task.FromResult(PublishResult.Published);
        }
    }
}
