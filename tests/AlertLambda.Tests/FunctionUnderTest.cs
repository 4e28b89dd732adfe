using AlertLambda.Intake;
using Amazon.Lambda.KinesisEvents;
using Detection.Rules;
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

    private readonly Function _function;

    public FunctionUnderTest()
    {
        var pack = RuleLoader.Load([new RuleSource("shadow.yml", Rule)]);
        Assert.Empty(pack.Refused);
        _function = new Function(pack, "test", Publisher, new LogQuarantine(Log.Log), Log.Log, TimeProvider.System);
    }

    public FakePublisher Publisher { get; } = new();

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

    public void Dispose() => Log.Dispose();

    private static byte[] Frame(int host, string path) => new FrameEncoder().Encode(
        Some.Frame([Some.FileOpen(path, host: Some.Host($"i-{host:x17}", hostName: $"web-{host}"))]));
}
