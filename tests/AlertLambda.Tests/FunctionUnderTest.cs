using AlertLambda.Alerts;
using AlertLambda.Delivery;
using AlertLambda.Intake;
using AlertLambda.State;
using AlertLambda.Sweeping;
using AlertLambda.Tests.State;
using Amazon.Lambda.KinesisEvents;
using Detection;
using Detection.Rules;
using Detection.Tuning;
using Support;
using Wire.Codec;
using Wire.Model;

namespace AlertLambda.Tests;

/// <summary>The real function with a real engine and one small rule; only the way out is a fake.</summary>
internal sealed class FunctionUnderTest : IDisposable
{
    public const string Rule =
        """
        title: Shadow file opened
        id: 6f2b7a54-0f7e-4a8e-9c53-2d1b8f0e4c11
        status: stable
        level: high
        logsource:
          product: linux
          category: file_access
        detection:
          selection:
            TargetFilename: /etc/shadow
          condition: selection
        """;

    private readonly RulePack _pack;
    private Function _function;

    public FunctionUnderTest()
    {
        _pack = RuleLoader.Load([new RuleSource("shadow.yml", Rule)]);
        Assert.Empty(_pack.Refused);
        Memory = new MemoryStore(Clock);
        Store = new FaultyStore(Memory);
        _function = Start();
    }

    public ManualTime Clock { get; } = new();

    public MemoryStore Memory { get; }

    /// <summary>What the function has for a store: the memory, with the faults that the test wants.</summary>
    public FaultyStore Store { get; }

    public FakePublisher Publisher { get; } = new();

    public IQuarantine? Quarantine { get; init; }

    /// <summary>What is changed about the rules; null = nothing, and everything is told one by one.</summary>
    public TuningPlan? Plan
    {
        get;
        set
        {
            field = value;
            Restart();
        }
    }

    public LogLines Log { get; } = new();

    /// <summary>A frame in which a process opened /etc/shadow, on a host of its own: one incident.</summary>
    public static byte[] Alarming(int host = 1) => Frame(host, "/etc/shadow");

    /// <summary>A frame in which that many files of one name were opened, each by a process of its own: one incident each.</summary>
    public static byte[] ManyAlarming(int processes) => new FrameEncoder().Encode(Some.Frame([.. Enumerable.Range(1, processes).Select(i =>
        Some.FileOpen("/etc/shadow", sequence: (ulong)i, bootNs: Some.Seconds(600 * i), host: Some.Host("i-many", hostName: "many")))]));

    /// <summary>A frame that matches nothing.</summary>
    public static byte[] Harmless(int host = 1) => Frame(host, "/etc/hosts");

    /// <summary>Records numbered from 1, as the event source mapping hands them over.</summary>
    public static KinesisEvent Batch(params byte[][] records) => Batch(1, records);

    /// <summary>Records numbered from <paramref name="first"/>.</summary>
    public static KinesisEvent Batch(int first, byte[][] records) => new()
    {
        Records = [.. records.Select((data, i) => new KinesisEvent.KinesisEventRecord
        {
            EventId = $"shardId-000000000000:{first + i}",
            Kinesis = new KinesisEvent.Record { Data = new MemoryStream(data), SequenceNumber = $"{first + i}", PartitionKey = "host" },
        })],
    };

    /// <summary>Handles a batch and returns the sequence numbers to be delivered again.</summary>
    public async Task<IReadOnlyList<string?>> HandleAsync(KinesisEvent batch, Func<TimeSpan>? remaining = null)
    {
        var context = remaining is null ? new FakeContext() : new FakeContext { Remaining = remaining };
        var response = await _function.HandleAsync(batch, context);
        return [.. response.BatchItemFailures!.Select(f => f.ItemIdentifier)];
    }

    /// <summary>Another process, which knows what the store holds.</summary>
    public void Restart() => _function = Start();

    /// <summary>Sweeps, as another process does.</summary>
    public Task<SweepResult> SweepAsync() => MakeSweeper().RunAsync(new TimeBudget(() => TimeSpan.FromMinutes(1)));

    /// <summary>An instance is stopped on purpose.</summary>
    public async Task NoteStoppedAsync(string instanceId) => Assert.True(await MakeSweeper().NoteStoppedAsync(instanceId, new TimeBudget(() => TimeSpan.FromMinutes(1))));

    public void Dispose() => Log.Dispose();

    private Sweeper MakeSweeper()
    {
        var engine = new DetectionEngine(_pack);
        var items = new EngineItems(engine, Store, new StateOptions { WarmHosts = 0 }, Clock, Log.Log);
        return new Sweeper(Store, engine, items, Desk.Of(_pack, items, Log.Log, Clock, Plan), new OutboxDelivery(Publisher, Log.Log), Log.Log, Clock);
    }

    private Function Start()
    {
        var engine = new DetectionEngine(_pack);
        var items = new EngineItems(engine, Store, null, Clock, Log.Log);
        var pipeline = new AlertPipeline(
            new FrameIntake(Quarantine ?? new LogQuarantine(Log.Log)), engine, items, Desk.Of(_pack, items, Log.Log, Clock, Plan), new OutboxDelivery(Publisher, Log.Log));
        return new Function(pipeline, "test", Log.Log, Clock);
    }

    private static byte[] Frame(int host, string path) => new FrameEncoder().Encode(
        Some.Frame([Some.FileOpen(path, host: Some.Host($"i-{host:x17}", hostName: $"web-{host}"))]));
}
