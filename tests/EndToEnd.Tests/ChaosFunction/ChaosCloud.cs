using System.Globalization;
using EndToEnd.Tests.Chaos;
using EndToEnd.Tests.Setup;
using Support;
using Support.Lambda;
using Support.Servers;

namespace EndToEnd.Tests.ChaosFunction;

/// <summary>
/// Two streams, two workers, a sweep, one table and two topics. A batch goes to either worker; to both at once, as when Lambda gave one up that goes on;
/// beside an old one once more; or to one that starts cold.
/// </summary>
internal sealed class ChaosCloud : IAsyncDisposable
{
    private const int Streams = 2;

    // So much is a message old before it is the sweep's.
    private static readonly TimeSpan UntilStale = TimeSpan.FromSeconds(70);

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);
    private static int _count;

    private readonly Servers _servers;
    private readonly Random _random;
    private readonly SteppedClock _sweepClock = new();
    private readonly Support.TemporaryFolder _folder = new();
    private readonly List<StreamView> _streams = [];
    private readonly List<KinesisEventSourceMapping> _mappings = [];
    private readonly List<ReadOnlyMemory<byte>> _old = [];
    private ChaosWorker[] _workers = [];
    private ChaosWorker? _sweep;

    private ChaosCloud(Servers servers, IChaosStory story, Random random) => (_servers, _random, Ledger) = (servers, random, new PublishLedger(story));

    /// <summary>Keeps account.</summary>
    public PublishLedger Ledger { get; }

    /// <summary>What subscribers by e-mail get.</summary>
    public Inbox Mail { get; private set; } = null!;

    /// <summary>What the chat channel gets.</summary>
    public Inbox Chat { get; private set; } = null!;

    /// <summary>How often batches came in another way than once and in order, by what happened.</summary>
    public SortedDictionary<string, int> Deliveries { get; } = [];

    /// <summary>The workers.</summary>
    public IReadOnlyList<ChaosWorker> Workers => _workers;

    /// <summary>Invocations of the mappings, and of those batches that were cut in two.</summary>
    public (int All, int Failed) Invocations =>
        (_mappings.Sum(mapping => mapping.Deliveries.Count), _mappings.Sum(mapping => mapping.Deliveries.Count(delivery => !delivery.Result.Succeeded)));

    /// <summary>What the workers wrote last.</summary>
    public string Output => string.Join("\n\n", _workers.Select(worker => $"{worker.Name}:\n{worker.Function.FunctionOutput}"));

    /// <summary>Sets everything up.</summary>
    public static async Task<ChaosCloud> CreateAsync(Servers servers, IChaosStory story, Random random)
    {
        var cloud = new ChaosCloud(servers, story, random);
        var name = string.Create(CultureInfo.InvariantCulture, $"chaos-function-{Interlocked.Increment(ref _count)}");
        var mail = await servers.Sns.CreateTopicAsync(name + "-mail");
        var chat = await servers.Sns.CreateTopicAsync(name + "-chat");
        cloud.Mail = new Inbox(await servers.Sns.SubscribeQueueAsync(mail, name + "-mail"));
        cloud.Chat = new Inbox(await servers.Sns.SubscribeQueueAsync(chat, name + "-chat"));
        var environment = new Dictionary<string, string?>
        {
            ["ALERT_EMAIL_TOPIC_ARN"] = mail,
            ["ALERT_CHAT_TOPIC_ARN"] = chat,
            ["STATE_TABLE"] = await servers.Tables.CreateTableAsync("pk"),
            ["RULES_PATH"] = story.Rules,
            ["ENVIRONMENT_NAME"] = CloudUnderTest.EnvironmentName,

            // Everything is told one by one: what is summed up is another test's.
            ["TUNING_PATH"] = cloud._folder.File("tuning.yaml", "rates:\n  perRule: 100000\n  inAll: 100000\n"),
        };
        cloud._workers = [.. ((string[])["a", "b"]).Select(worker => new ChaosWorker(worker, servers, cloud.Ledger, cloud.IsDead, environment, Longest))];

        // Its clock is ahead of the one that sets its deadline.
        var sweeping = new Dictionary<string, string?>(environment.Concat(cloud._sweepClock.Environment)) { ["FUNCTION_TASK"] = "sweep" };
        cloud._sweep = new ChaosWorker("sweep", servers, cloud.Ledger, cloud.IsDead, sweeping, UntilStale + Longest);
        for (var i = 0; i < Streams; i++)
        {
            await cloud.AddStreamAsync($"{name}-{i}");
        }

        return cloud;
    }

    /// <summary>Puts frames into the streams, each host's into the same one, and has all of it delivered.</summary>
    public async Task RunAsync(IReadOnlyList<(string Host, byte[] Frame)> frames)
    {
        foreach (var (host, frame) in frames)
        {
            await _streams[host[^1] % Streams].PutAsync(frame, host);
        }

        await Task.WhenAll(_mappings.Select(mapping => mapping.DrainAsync()));
    }

    /// <summary>All is well again: both workers die where they are, and a sweep a minute later sends what they had not sent.</summary>
    public async Task EndAsync()
    {
        foreach (var worker in _workers)
        {
            worker.Arm(null);
            await worker.KillAsync();
        }

        _sweepClock.Step(UntilStale);
        for (var i = 0; i < 2; i++)
        {
            var swept = await _sweep!.Function.InvokeAsync("{}"u8.ToArray());
            Assert.True(swept.Succeeded, $"{swept.ErrorType}: {_sweep.Function.FunctionOutput}");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers.Append(_sweep).OfType<ChaosWorker>())
        {
            await worker.DisposeAsync();
        }

        _sweepClock.Dispose();
        _folder.Dispose();
    }

    private bool IsDead(string worker, int life) => _workers.Append(_sweep).OfType<ChaosWorker>().First(one => one.Name == worker).Life != life;

    private async Task AddStreamAsync(string stream)
    {
        await _servers.Kinesis.CreateStreamAsync(stream);
        _streams.Add(new StreamView(_servers.Kinesis.Client, stream));
        _mappings.Add(new KinesisEventSourceMapping(
            _servers.Kinesis.Client,
            new EventSourceMappingOptions { StreamName = stream, BisectBatchOnFunctionError = true, MaximumRetryAttempts = int.MaxValue },
            InvokeAsync));
    }

    private async Task<LambdaResult> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        var (worker, other, how, old) = Draw(payload);
        switch (how)
        {
            case 0:
                Count("started cold");
                await worker.KillAsync();
                break;
            case 1:
                Count("given to two workers at once");
                var results = await Task.WhenAll(worker.Function.InvokeAsync(payload, cancellationToken), other.Function.InvokeAsync(payload, cancellationToken));
                return results[0];
            case 2 when !old.IsEmpty:
                Count("after an older one, once more");
                await worker.Function.InvokeAsync(old, cancellationToken);
                break;
            case 3 when !old.IsEmpty:
                Count("at once with an older one");
                var both = await Task.WhenAll(worker.Function.InvokeAsync(payload, cancellationToken), other.Function.InvokeAsync(old, cancellationToken));
                return both[0];
        }

        return await worker.Function.InvokeAsync(payload, cancellationToken);
    }

    private (ChaosWorker Worker, ChaosWorker Other, int How, ReadOnlyMemory<byte> Old) Draw(ReadOnlyMemory<byte> payload)
    {
        lock (_random)
        {
            var at = _random.Next(_workers.Length);
            var old = _old.Count > 0 ? _old[_random.Next(_old.Count)] : default;
            _old.Add(payload);
            return (_workers[at], _workers[1 - at], _random.Next(10), old);
        }
    }

    private void Count(string how)
    {
        lock (Deliveries)
        {
            Deliveries[how] = Deliveries.GetValueOrDefault(how) + 1;
        }
    }
}
