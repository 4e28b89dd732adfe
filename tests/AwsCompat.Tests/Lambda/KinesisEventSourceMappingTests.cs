using System.Globalization;
using System.Text;
using System.Text.Json;
using Amazon.Kinesis.Model;
using Support.Lambda;
using Support.Servers;
using Record = Amazon.Kinesis.Model.Record;

namespace AwsCompat.Tests.Lambda;

public sealed class KinesisEventSourceMappingTests(KinesaliteServer server) : IClassFixture<KinesaliteServer>
{
    private readonly Dictionary<string, List<string>> _seen = [];

    [EmulatorFact]
    public async Task Records_are_delivered_in_batches_in_order_once()
    {
        var stream = await StreamAsync("a", "b", "c", "d", "e");
        var mapping = NewMapping(stream, batchSize: 2, batch => Respond());

        await mapping.DrainAsync();
        await mapping.DrainAsync();

        Assert.Equal(["a b", "c d", "e"], Batches(stream));
        Assert.Empty(mapping.Discarded);

        await PutAsync(stream, "f");
        await mapping.DrainAsync();
        Assert.Equal(["a b", "c d", "e", "f"], Batches(stream));
    }

    [EmulatorFact]
    public async Task Partial_failure_resumes_at_the_lowest_failed_record()
    {
        var stream = await StreamAsync("a", "b", "c", "d");
        var calls = 0;
        var mapping = NewMapping(
            stream, 10, batch => calls++ == 0 ? Respond(batch[3].SequenceNumber, batch[1].SequenceNumber) : Respond());

        await mapping.DrainAsync();

        Assert.Equal(["a b c d", "b c d"], Batches(stream));
        Assert.Equal([1, 3], mapping.Deliveries.Select(delivery => delivery.Done));
    }

    [EmulatorTheory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"batchItemFailures":null}""")]
    [InlineData("""{"batchItemFailures":[]}""")]
    [InlineData("""{"other":1}""")]
    public async Task Response_without_failures_is_success(string response)
    {
        var stream = await StreamAsync("a", "b");
        var mapping = NewMapping(stream, 10, _ => Response(response));

        await mapping.DrainAsync();

        Assert.Equal(["a b"], Batches(stream));
        Assert.Empty(mapping.Discarded);
    }

    [EmulatorTheory]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":null}]}""")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":""}]}""")]
    [InlineData("""{"batchItemFailures":[{}]}""")]
    [InlineData("""{"batchItemFailures":[7]}""")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":7}]}""")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":"12345"}]}""")]
    [InlineData("""{"batchItemFailures":7}""")]
    [InlineData("[]")]
    [InlineData("no JSON")]
    public async Task Response_that_is_not_understood_fails_the_whole_batch_which_is_given_up_after_the_retries(string response)
    {
        var stream = await StreamAsync("a", "b");
        var mapping = NewMapping(stream, 10, _ => Response(response), retries: 2);

        await mapping.DrainAsync();

        Assert.Equal(["a b", "a b", "a b"], Batches(stream));
        var discarded = Assert.Single(mapping.Discarded);
        Assert.Equal(mapping.Deliveries.First().SequenceNumbers, discarded.SequenceNumbers);
    }

    [EmulatorFact]
    public async Task Records_after_a_batch_given_up_are_delivered()
    {
        var stream = await StreamAsync("poison", "a", "b");
        var mapping = NewMapping(stream, 1, batch => Text(batch[0]) == "poison" ? Error() : Respond(), retries: 1);

        await mapping.DrainAsync();

        Assert.Equal(["poison", "poison", "a", "b"], Batches(stream));
        Assert.Single(mapping.Discarded);
    }

    [EmulatorFact]
    public async Task Bisecting_isolates_the_bad_record()
    {
        var stream = await StreamAsync("a", "b", "poison", "c");
        var mapping = NewMapping(
            stream, 10, batch => batch.Any(record => Text(record) == "poison") ? Error() : Respond(), retries: 0, bisect: true);

        await mapping.DrainAsync();

        Assert.Equal(["a b poison c", "a b", "poison c", "poison", "c"], Batches(stream));
        Assert.Single(Assert.Single(mapping.Discarded).SequenceNumbers);
    }

    [EmulatorFact]
    public async Task Cancelled_mapping_delivers_again_what_was_not_answered()
    {
        var stream = await StreamAsync("a", "b", "c");
        using var stop = new CancellationTokenSource();
        var mapping = NewMapping(stream, 1, batch =>
        {
            if (Text(batch[0]) == "b" && !stop.IsCancellationRequested)
            {
                stop.Cancel();
                stop.Token.ThrowIfCancellationRequested();
            }

            return Respond();
        });

        await mapping.RunAsync(stop.Token);
        await mapping.DrainAsync();

        Assert.Equal(["a", "b", "b", "c"], Batches(stream));
    }

    [EmulatorFact]
    public async Task Every_shard_is_read()
    {
        var stream = $"stream-{Guid.NewGuid():N}";
        await server.CreateStreamAsync(stream, shards: 4);
        foreach (var i in Enumerable.Range(0, 40))
        {
            await PutAsync(stream, i.ToString(CultureInfo.InvariantCulture), key: $"key-{i}");
        }

        var mapping = NewMapping(stream, 100, _ => Respond());
        await mapping.DrainAsync();

        var seen = Batches(stream).SelectMany(batch => batch.Split(' ')).Select(text => int.Parse(text, CultureInfo.InvariantCulture));
        Assert.Equal(Enumerable.Range(0, 40), seen.Order());
        Assert.Equal(4, mapping.Deliveries.Select(delivery => delivery.ShardId).Distinct().Count());
    }

    [EmulatorFact]
    public async Task Function_process_gets_the_stream_and_its_failures_are_retried()
    {
        var stream = await StreamAsync("ok", "fail", "ok");
        await using var lambda = LambdaBootstrapTests.NewLambda();
        var options = new EventSourceMappingOptions { StreamName = stream, MaximumRetryAttempts = 1 };
        var mapping = new KinesisEventSourceMapping(server.Client, options, lambda.InvokeAsync);

        await mapping.DrainAsync();

        // Done up to the failing record; then that one twice with no progress; then it is given up with what follows it.
        Assert.Equal([1, 0, 0], mapping.Deliveries.Select(delivery => delivery.Done));
        Assert.All(mapping.Deliveries, delivery => Assert.True(delivery.Result.Succeeded, delivery.Result.Text));
        Assert.Equal(2, Assert.Single(mapping.Discarded).SequenceNumbers.Count);
    }

    private KinesisEventSourceMapping NewMapping(
        string stream, int batchSize, Func<List<Record>, LambdaResult> function, int retries = 2, bool bisect = false)
    {
        _seen[stream] = [];
        var options = new EventSourceMappingOptions
        {
            StreamName = stream,
            BatchSize = batchSize,
            MaximumRetryAttempts = retries,
            BisectBatchOnFunctionError = bisect,
            Pause = TimeSpan.FromMilliseconds(1),
        };
        return new KinesisEventSourceMapping(server.Client, options, (payload, _) =>
        {
            var batch = JsonElement.Parse(payload.Span).GetProperty("Records").EnumerateArray().Select(RecordOf).ToList();
            _seen[stream].Add(string.Join(' ', batch.Select(Text)));
            return Task.FromResult(function(batch));
        });
    }

    private List<string> Batches(string stream) => _seen[stream];

    private async Task<string> StreamAsync(params string[] texts)
    {
        var stream = $"stream-{Guid.NewGuid():N}";
        await server.CreateStreamAsync(stream);
        foreach (var text in texts)
        {
            await PutAsync(stream, text);
        }

        return stream;
    }

    private Task<PutRecordResponse> PutAsync(string stream, string text, string key = "host-1") => server.Client.PutRecordAsync(
        new PutRecordRequest { StreamName = stream, PartitionKey = key, Data = new MemoryStream(Encoding.UTF8.GetBytes(text)) });

    private static Record RecordOf(JsonElement json) => new()
    {
        SequenceNumber = json.GetProperty("kinesis").GetProperty("sequenceNumber").GetString(),
        Data = new MemoryStream(json.GetProperty("kinesis").GetProperty("data").GetBytesFromBase64()),
    };

    private static string Text(Record record) => Encoding.UTF8.GetString(record.Data!.ToArray());

    private static LambdaResult Respond(params string?[] failed) => Response(
        $$"""{"batchItemFailures":[{{string.Join(',', failed.Select(number => $$"""{"itemIdentifier":"{{number}}"}"""))}}]}""");

    private static LambdaResult Response(string json) => new("request", null, Encoding.UTF8.GetBytes(json));

    private static LambdaResult Error() => new("request", "Boom", ReadOnlyMemory<byte>.Empty);
}
