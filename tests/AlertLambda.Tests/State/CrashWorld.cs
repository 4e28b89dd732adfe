using AlertLambda.Alerts;
using AlertLambda.Delivery;
using AlertLambda.Intake;
using AlertLambda.Shards;
using AlertLambda.State;
using AlertLambda.Sweeping;
using Detection;
using Detection.Rules;
using Support;

namespace AlertLambda.Tests.State;

/// <summary>
/// One stream, one store, one topic, and workers that are killed, throttled, overtaken and started anew as the dice fall. Records go again from the first
/// that was not finished, as Lambda does it; old batches come once more; and while one worker waits for the store another may take a batch.
/// Keeps account of what was published, and of what may come twice.
/// </summary>
internal sealed class CrashWorld : IDisposable
{
    private const int Workers = 2;

    private readonly Random _random;
    private readonly RulePack _pack = CrashStories.Pack();
    private readonly CrashStream _stream;
    private readonly StateOptions? _options;
    private readonly List<IReadOnlyList<StreamRecord>> _old = [];
    private readonly MemoryStore _memory;
    private readonly LogLines _log = new();
    private readonly ManualTime _clock = new();
    private readonly HashSet<string> _shared;
    private readonly Worker[] _workers;
    private readonly List<string> _forgotten = [];
    private bool _isNested;

    /// <param name="seed">Of the dice.</param>
    /// <param name="faults">Odds of a fault at each place where there can be one.</param>
    /// <param name="records">How many.</param>
    /// <param name="follows">Whether hosts are written seldom and the stream is read again, and divided.</param>
    public CrashWorld(int seed, double faults, int records, bool follows)
    {
        _random = new Random(seed);
        _memory = new MemoryStore(_clock);
        var frames = CrashStories.Frames(_random, records, harmless: follows ? _random.Next(2, 20) : 2);
        var engine = new DetectionEngine(_pack);
        _shared = [.. engine.SharedRules];
        Expected = [.. frames.SelectMany(frame => engine.EvaluateFrame(frame)).Where(incident => incident.Change != Detection.Findings.IncidentChange.Closed)
            .SelectMany(incident => new AlertComposer("test").Compose(incident)).Select(NameOf).Distinct().Order()];
        _stream = new CrashStream([.. frames.Select(frame => (frame.Host.HostId, CrashStories.Encode(frame)))], _random, follows, () => Roll(() => new ShardLogException("no", new IOException())));
        _options = follows ? Options(_random) : null;
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

    /// <summary>Records that were evaluated again.</summary>
    public int Replayed { get; private set; }

    /// <summary>Batches that another worker took while one waited.</summary>
    public int Overtaken { get; private set; }

    public void Dispose() => _log.Dispose();

    public async Task RunAsync()
    {
        var worker = 0;
        while (!_stream.IsDone)
        {
            var ready = _stream.Ready;
            var shard = ready[_random.Next(ready.Count)];
            var batch = shard.Records.GetRange(shard.Next, Math.Min(_random.Next(1, 8), shard.Records.Count - shard.Next));
            worker = _random.NextDouble() < 0.3 ? _random.Next(Workers) : worker;
            var result = await TryAsync(worker, batch);
            shard.Next = result is null ? shard.Next : result.StoppedAt is null ? shard.Next + batch.Count : shard.Records.IndexOf(result.StoppedAt);
            _old.Add(batch);
            if (_options is not null && Faults > 0 && _random.NextDouble() < 0.1)
            {
                // A poller that was given up delivers what it had.
                await TryAsync(_random.Next(Workers), _old[_random.Next(_old.Count)]);
            }

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
        for (var each = 0; each < Workers; each++)
        {
            await TryAsync(each, []);
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
            var result = await _workers[worker].Pipeline.RunAsync(batch, time);
            Replayed += result.Counters.Replayed;
            Assert.Equal(0, result.Counters.ReplayFaults);
            return result;
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

    // Which event is the one too many depends on the order in which shards are delivered, and so does the id of what counts over hosts.
    private static string NameOf(AlertMessage message) =>
        $"{(message.Attributes["rule"] == CrashStories.OverHosts ? "one" : message.IncidentId)} {message.Medium} {message.Attributes["rule"]}";

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

    private static StateOptions Options(Random random) => new()
    {
        CheckpointEvery = TimeSpan.FromSeconds(((int[])[1, 20, 300])[random.Next(3)]),
        TailBytes = ((int[])[1_000, 1_000_000])[random.Next(2)],
        WarmHosts = ((int[])[1, 2_000])[random.Next(2)],
        AgainTries = int.MaxValue,
    };

    // While a worker waits for an answer, another takes the batch that it was given, or an older one.
    private void Overtake(Worker waiting)
    {
        if (_options is null || _isNested || _old.Count == 0 || _random.NextDouble() >= Faults / 4)
        {
            return;
        }

        var other = Array.FindIndex(_workers, worker => worker != waiting);
        _isNested = true;
        TryAsync(other, _old[_random.NextDouble() < 0.7 ? ^1 : _random.Next(_old.Count)]).GetAwaiter().GetResult();
        _isNested = false;
        Overtaken++;
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
                Before = _ =>
                {
                    world.Overtake(this);
                    world.Roll(() => FaultyStore.Throttled);
                },
                After = call =>
                {
                    var key = call[(call.IndexOf(' ', StringComparison.Ordinal) + 1)..];
                    Unmarked.RemoveAll(one => one.Item == key);
                    world.Roll(() => FaultyStore.Throttled);
                },
            };
            var engine = new DetectionEngine(world._pack);
            var items = new EngineItems(engine, store, world._options, world._clock, world._log.Log);
            var delivery = new OutboxDelivery(this, world._log.Log);
            var desk = Desk.Of(world._pack, items, world._log.Log, world._clock);
            var keeper = world._options is { } options ? new ShardKeeper(world._stream, store, items, options, world._clock, world._log.Log) : null;
            Pipeline = new AlertPipeline(new FrameIntake(new LogQuarantine(world._log.Log)), engine, items, desk, delivery, keeper);
            Sweeper = new Sweeper(
                store, engine, items, desk, delivery, world._log.Log, world._clock, keeper is null ? null : new ShardSweep(CrashStream.Name, keeper, Pipeline));
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
