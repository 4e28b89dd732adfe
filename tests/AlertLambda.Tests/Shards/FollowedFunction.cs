using AlertLambda.Alerts;
using AlertLambda.Delivery;
using AlertLambda.Intake;
using AlertLambda.Shards;
using AlertLambda.State;
using AlertLambda.Sweeping;
using AlertLambda.Tests.State;
using Detection;
using Detection.Rules;
using Support;
using Wire.Model;

namespace AlertLambda.Tests.Shards;

/// <summary>Processes of the function over one store and one stream that can be read again; a host opens its gate three times, and that is told.</summary>
internal sealed class FollowedFunction : IDisposable
{
    public const string Shard = "shardId-000000000000";

    private const string Rules =
        """
        title: Gate opened
        name: gate_opened
        id: 00000000-0f7e-4a8e-9c53-2d1b8f0e4c11
        level: low
        logsource:
          product: linux
          category: file_access
        detection:
          selection:
            TargetFilename: /etc/gate
          condition: selection
        ---
        title: Gate opened again and again on a host
        id: 11111111-0f7e-4a8e-9c53-2d1b8f0e4c11
        level: high
        correlation:
          type: event_count
          rules: [gate_opened]
          group-by: [host]
          timespan: 1h
          condition:
            gte: 3
        """;

    private readonly RulePack _pack = RuleLoader.Load([new RuleSource("gate.yml", Rules)]);
    private readonly Dictionary<string, ulong> _numbers = [];

    public FollowedFunction()
    {
        // Hosts and stream go by one clock.
        Clock.Advance(DateTimeOffset.FromUnixTimeMilliseconds(Some.BootTimeUnixNs / 1_000_000) + TimeSpan.FromMinutes(10) - Clock.GetUtcNow());
        Memory = new MemoryStore(Clock);
        Store = new FaultyStore(Memory)
        {
            Before = call =>
            {
                Writes.Add(call);
                Before(call);
            },
        };
    }

    public ManualTime Clock { get; } = new();

    public MemoryLog Stream { get; } = new();

    public MemoryStore Memory { get; }

    public FaultyStore Store { get; }

    public FakePublisher Publisher { get; } = new();

    public LogLines Log { get; } = new();

    public StateOptions Options { get; init; } = new();

    /// <summary>Called before each call of the store, with its name; may throw.</summary>
    public Action<string> Before { get; set; } = _ => { };

    /// <summary>Calls of the store.</summary>
    public List<string> Writes { get; } = [];

    /// <summary>Mails about hosts that opened their gate three times.</summary>
    public int Told => Publisher.Published.Count(message => message.Attributes["rule"].StartsWith("11111111", StringComparison.Ordinal) && message.Medium == AlertMedium.Email);

    /// <summary>Subjects of the mails about a host's telemetry.</summary>
    public IReadOnlyList<string> Findings =>
        [.. Publisher.Published.Where(message => message.Medium == AlertMedium.Email && !Rules.Contains(message.Attributes["rule"], StringComparison.Ordinal)).Select(message => message.Subject)];

    public void Dispose() => Log.Dispose();

    /// <summary>A process that remembers nothing.</summary>
    public AlertPipeline Start() => Make().Pipeline;

    /// <summary>Puts a frame of a host that opens a file.</summary>
    public StreamRecord Put(string host, string path = "/etc/gate", string shard = Shard)
    {
        var number = _numbers[host] = _numbers.GetValueOrDefault(host) + 1;
        var now = Clock.GetUtcNow();
        return Stream.Put(
            shard, host,
            CrashStories.Encode(Some.Frame([Some.FileOpen(path, sequence: number, bootNs: (ulong)((now.ToUnixTimeMilliseconds() * 1_000_000) - Some.BootTimeUnixNs), host: Some.Host(host, hostName: host))])), now);
    }

    /// <summary>Puts a frame of a host whose agent lost an event.</summary>
    public StreamRecord PutLoss(string host)
    {
        var number = _numbers[host] = _numbers.GetValueOrDefault(host) + 2;
        var now = Clock.GetUtcNow();
        var file = Some.FileOpen("/etc/hosts", sequence: number, bootNs: (ulong)((now.ToUnixTimeMilliseconds() * 1_000_000) - Some.BootTimeUnixNs), host: Some.Host(host, hostName: host));
        var lost = new LostRange(new SequenceRange(number - 1, number - 1), LossCause.Kernel);
        return Stream.Put(Shard, host, CrashStories.Encode(Some.Frame([file], new SequenceRange(number - 1, number), [lost])), now);
    }

    /// <summary>The next frame of a host gets lost on its way.</summary>
    public void Skip(string host) => _numbers[host] = _numbers.GetValueOrDefault(host) + 1;

    /// <summary>Puts a record that is no frame.</summary>
    public StreamRecord PutJunk(int bytes) => Stream.Put(Shard, "nobody", new byte[bytes], Clock.GetUtcNow());

    /// <summary>Gives records to a process.</summary>
    public static async Task<BatchResult> TakeAsync(AlertPipeline process, params StreamRecord[] records)
    {
        using var time = new TimeBudget(() => TimeSpan.FromMinutes(1));
        return await process.RunAsync(records, time);
    }

    /// <summary>Sweeps, as another process does.</summary>
    public async Task<SweepResult> SweepAsync()
    {
        var (pipeline, engine, items, keeper) = Make();
        var sweeper = new Sweeper(
            Store, engine, items, Desk.Of(_pack, items, Log.Log, Clock), new OutboxDelivery(Publisher, Log.Log), Log.Log, Clock, new ShardSweep(MemoryLog.Name, keeper, pipeline));
        using var time = new TimeBudget(() => TimeSpan.FromMinutes(1));
        return await sweeper.RunAsync(time);
    }

    /// <summary>How often a host was written.</summary>
    public int WritesOf(string host) => Writes.Count(call => call == "write " + ItemKey.OfHost(host));

    /// <summary>The mark of the shard.</summary>
    public async Task<ShardMark> MarkAsync(string shard = Shard) =>
        ShardMark.TryDecode(Assert.Single(await Memory.LoadAsync([ItemKey.OfShard(new ShardName(MemoryLog.Name, shard))], default)).State)!;

    private (AlertPipeline Pipeline, DetectionEngine Engine, EngineItems Items, ShardKeeper Keeper) Make()
    {
        var engine = new DetectionEngine(_pack);
        var items = new EngineItems(engine, Store, Options, Clock, Log.Log);
        var keeper = new ShardKeeper(Stream, Store, items, Options, Clock, Log.Log);
        var desk = Desk.Of(_pack, items, Log.Log, Clock);
        return (new AlertPipeline(new FrameIntake(new LogQuarantine(Log.Log)), engine, items, desk, new OutboxDelivery(Publisher, Log.Log), keeper), engine, items, keeper);
    }
}
