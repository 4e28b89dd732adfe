using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Amazon.S3.Model;
using Support.Lambda;
using Support.Servers;
using Xunit.Abstractions;

namespace EndToEnd.Tests.Setup;

/// <summary>
/// The half of the path that is not on the host, as deployed: a stream, the function as a process of its own behind the Runtime
/// API, the event source mapping between them, two topics, and a queue subscribed to each. Everything is new and empty.
/// </summary>
internal sealed class CloudUnderTest : IAsyncDisposable
{
    /// <summary>The name of the deployment.</summary>
    public const string EnvironmentName = "end-to-end";

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static int _count;

    private readonly Servers _servers;
    private readonly ITestOutputHelper _output;
    private readonly CancellationTokenSource _stop = new();
    private Task _polling = Task.CompletedTask;

    private CloudUnderTest(
        Servers servers, string stream, LambdaRuntimeApi function, LambdaRuntimeApi sweep, Inbox mail, Inbox chat, TimeSpan pause, ITestOutputHelper output)
    {
        (_servers, _output) = (servers, output);
        Stream = stream;
        Function = function;
        Sweep = sweep;
        Mail = mail;
        Chat = chat;
        Content = new StreamView(servers.Kinesis.Client, stream);
        Mapping = new KinesisEventSourceMapping(
            servers.Kinesis.Client,
            new EventSourceMappingOptions { StreamName = stream, MaximumRetryAttempts = int.MaxValue, Pause = pause },
            function.InvokeAsync);
    }

    /// <summary>The name of the stream.</summary>
    public string Stream { get; }

    /// <summary>What is in the stream.</summary>
    public StreamView Content { get; }

    /// <summary>The function.</summary>
    public LambdaRuntimeApi Function { get; }

    /// <summary>The same executable, with the task to sweep. Nothing calls it but the test.</summary>
    public LambdaRuntimeApi Sweep { get; }

    /// <summary>What reads the stream. It begins with <see cref="StartPolling"/>.</summary>
    public KinesisEventSourceMapping Mapping { get; }

    /// <summary>What subscribers by e-mail get.</summary>
    public Inbox Mail { get; }

    /// <summary>What the chat channel gets.</summary>
    public Inbox Chat { get; }

    /// <summary>The bytes of a record that was set aside; null = there are none.</summary>
    public async Task<byte[]?> QuarantinedAsync(string sequenceNumber)
    {
        var objects = await _servers.Sns.S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Stream });
        if ((objects.S3Objects ?? []).Find(one => one.Key.EndsWith($"/{sequenceNumber}.bin", StringComparison.Ordinal)) is not { } found)
        {
            return null;
        }

        using var kept = await _servers.Sns.S3.GetObjectAsync(Stream, found.Key);
        using var bytes = new MemoryStream();
        await kept.ResponseStream.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    /// <summary>Sets everything up.</summary>
    public static async Task<CloudUnderTest> CreateAsync(Servers servers, ITestOutputHelper output, CloudOptions? options = null)
    {
        options ??= new CloudOptions();
        var name = string.Create(CultureInfo.InvariantCulture, $"e2e-{Interlocked.Increment(ref _count)}");
        if (options.Shards > 0)
        {
            await servers.Kinesis.CreateStreamAsync(name, options.Shards);
        }

        var mailTopic = await servers.Sns.CreateTopicAsync(name + "-mail");
        var chatTopic = await servers.Sns.CreateTopicAsync(name + "-chat");
        var mail = new Inbox(await servers.Sns.SubscribeQueueAsync(mailTopic, name + "-mail"));
        var chat = new Inbox(await servers.Sns.SubscribeQueueAsync(chatTopic, name + "-chat"));
        var environment = new Dictionary<string, string?>
        {
            ["AWS_ENDPOINT_URL_SNS"] = (options.SnsEndpoint ?? servers.Sns.Endpoint).ToString(),
            ["AWS_ENDPOINT_URL_S3"] = servers.Sns.Endpoint.ToString(),
            ["QUARANTINE_BUCKET"] = await servers.Sns.CreateBucketAsync(name),
            ["AWS_ENDPOINT_URL_KINESIS"] = servers.Kinesis.Endpoint.ToString(),
            ["STREAM_NAME"] = name,
            ["AWS_ENDPOINT_URL_DYNAMODB"] = (options.TablesEndpoint ?? servers.Tables.Endpoint).ToString(),
            ["ALERT_EMAIL_TOPIC_ARN"] = mailTopic,
            ["ALERT_CHAT_TOPIC_ARN"] = chatTopic,
            ["STATE_TABLE"] = await servers.Tables.CreateTableAsync("pk"),
            ["RULES_PATH"] = options.RulesPath,
            ["TUNING_PATH"] = options.TuningPath,
            ["ENVIRONMENT_NAME"] = EnvironmentName,
        };
        var function = new LambdaRuntimeApi(new LambdaFunctionOptions { FileName = Programs.AlertLambda, Environment = environment }) { Timeout = Longest };
        environment = new Dictionary<string, string?>(environment) { ["FUNCTION_TASK"] = "sweep" };
        var sweep = new LambdaRuntimeApi(new LambdaFunctionOptions { FileName = Programs.AlertLambda, Environment = environment }) { Timeout = Longest };
        return new CloudUnderTest(servers, name, function, sweep, mail, chat, options.PollInterval ?? Pause, output);
    }

    /// <summary>From now on the function gets what the stream holds, and what comes.</summary>
    public void StartPolling() => _polling = Mapping.RunAsync(_stop.Token);

    /// <summary>Waits until the function is done with a record.</summary>
    public Task WaitUntilDoneAsync(StreamRecord record) => WaitForDeliveriesAsync(
        delivery => delivery.SequenceNumbers.Take(delivery.Done).Contains(record.SequenceNumber), 1);

    /// <summary>Waits until there were so many deliveries of a kind.</summary>
    public async Task WaitForDeliveriesAsync(Func<BatchDelivery, bool> isOne, int count)
    {
        for (var clock = Stopwatch.StartNew(); Mapping.Deliveries.Count(isOne) < count; await Task.Delay(Pause))
        {
            if (_polling.IsFaulted)
            {
                await _polling;
            }

            if (clock.Elapsed > Longest)
            {
                throw new TimeoutException(
                    $"There were {Mapping.Deliveries.Count(isOne)} deliveries instead of {count} within {Longest}.");
            }
        }
    }

    /// <summary>Waits until the function is done with all that a run of sudo did.</summary>
    public async Task WaitUntilDoneAsync(SudoRun run) => await WaitUntilDoneAsync(await Content.WaitForAsync(run));

    /// <summary>The lines of the function's log with that name, as far as the newest process wrote them.</summary>
    public IReadOnlyList<JsonElement> LogLines(string name) =>
    [
        .. Function.FunctionOutput.Split('\n')
            .Where(line => line.StartsWith('{'))
            .Select(line => JsonElement.Parse(line))
            .Where(line => line.GetProperty("event").GetString() == name),
    ];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Function.DisposeAsync();
        await Sweep.DisposeAsync();
        await Task.WhenAny(_polling);
        _stop.Dispose();
        _output.WriteLine($"{Stream}: {Mapping.Deliveries.Count} invocations. The function wrote:\n{Function.FunctionOutput}");
    }
}
