using System.Collections.Concurrent;
using Amazon.Runtime;
using EdgeAgent.Batching;
using EdgeAgent.Delivery;
using EdgeAgent.Options;
using EdgeAgent.Tests.Fakes;
using Support;
using Support.Servers;

namespace EdgeAgent.Tests.Delivery;

/// <summary>What the service, the network and the credentials can answer, from a server that answers it.</summary>
public sealed class KinesisTroubleTests : IDisposable
{
    private readonly AnsweringServer _server = new();

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData(400, "ProvisionedThroughputExceededException", "Rate exceeded for shard shardId-000000000000 in stream edge under account 123456789012.", "throttled", "more shards")]
    [InlineData(400, "LimitExceededException", "Rate exceeded", "throttled", "more shards")]
    [InlineData(400, "ResourceNotFoundException", "Stream edge under account 123456789012 not found.", "stream", "kinesis.streamName and kinesis.region")]
    [InlineData(400, "AccessDeniedException", "User: arn:aws:sts::123456789012:assumed-role/web/i-0abc is not authorized to perform: kinesis:PutRecord on resource: arn:aws:kinesis:eu-west-1:123456789012:stream/edge because no identity-based policy allows the kinesis:PutRecord action", "denied", "kinesis:PutRecord on the stream")]
    [InlineData(400, "KMSAccessDeniedException", "User: arn:aws:sts::123456789012:assumed-role/web/i-0abc is not authorized to perform: kms:GenerateDataKey", "kms-denied", "kms:GenerateDataKey")]
    [InlineData(400, "KMSDisabledException", "arn:aws:kms:eu-west-1:123456789012:key/1 is disabled.", "kms-disabled", "enable it")]
    [InlineData(400, "KMSInvalidStateException", "arn:aws:kms:eu-west-1:123456789012:key/1 is pending deletion.", "kms-state", "cancel that")]
    [InlineData(400, "KMSNotFoundException", "Key 'arn:aws:kms:eu-west-1:123456789012:key/1' does not exist", "kms-missing", "another key")]
    [InlineData(400, "KMSOptInRequired", "The AWS Access Key Id needs a subscription for the service", "kms-opt-in", "sign it up")]
    [InlineData(400, "KMSThrottlingException", "Rate exceeded", "kms-throttled", "quota of KMS")]
    [InlineData(400, "ExpiredTokenException", "The security token included in the request is expired", "expired", "renew")]
    [InlineData(400, "UnrecognizedClientException", "The security token included in the request is invalid.", "unknown-key", "AWS does not know")]
    [InlineData(400, "InvalidSignatureException", "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.", "secret", "secret key")]
    [InlineData(400, "InvalidSignatureException", "Credential should be scoped to a valid region, not 'us-east-1'. ", "region", "kinesis.region and kinesis.endpoint")]
    [InlineData(400, "InvalidSignatureException", "Signature expired: 20261126T010203Z is now earlier than 20261126T070003Z (20261126T070503Z - 5 min.)", "clock", "clock is wrong")]
    [InlineData(400, "InvalidSignatureException", "Signature not yet current: 20261126T130203Z is still later than 20261126T071003Z (20261126T070503Z + 5 min.)", "clock", "clock is wrong")]
    [InlineData(400, "RequestExpired", "Request has expired.", "clock", "clock is wrong")]
    [InlineData(400, "MissingAuthenticationTokenException", "Missing Authentication Token", "unsigned", "kinesis.endpoint")]
    [InlineData(400, "IncompleteSignatureException", "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.", "unsigned", "kinesis.endpoint")]
    [InlineData(400, "ValidationException", "1 validation error detected: Value 'a b' at 'streamName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+", "validation", "kinesis.streamName")]
    [InlineData(403, "OptInRequired", "You are not subscribed", "opt-in", "sign it up")]
    [InlineData(500, "InternalFailureException", "", "service", "500")]
    [InlineData(503, "ServiceUnavailable", "", "service", "503")]
    [InlineData(400, "SomethingNew", "words", "other SomethingNew", "words")]
    public async Task Trouble_that_passes_or_can_be_repaired_is_named_with_what_to_do_and_over_when_it_is(
        int status, string type, string message, string state, string says)
    {
        using var sink = Sink();
        _server.Always = AnsweringServer.Error(status, "com.amazonaws.kinesis.v20131202#" + type, message);
        var outcome = await sink.ShipAsync(Batch(), CancellationToken.None);
        Assert.Equal((ShipResult.Retry, state), (outcome.Result, outcome.State));
        Assert.Contains(says, outcome.Reason, StringComparison.Ordinal);
        _server.Always = AnsweringServer.Taken;
        Assert.Equal(ShipOutcome.Delivered, await sink.ShipAsync(Batch(), CancellationToken.None));
    }

    [Theory]
    [InlineData("ValidationException", "1 validation error detected: Value 'java.nio.HeapByteBuffer[pos=0 lim=1048577 cap=1048577]' at 'data' failed to satisfy constraint: Member must have length less than or equal to 1048576")]
    [InlineData("ValidationException", "1 validation error detected: Value '' at 'partitionKey' failed to satisfy constraint: Member must have length greater than or equal to 1")]
    [InlineData("InvalidArgumentException", "Record size of 1100000 exceeds the maximum record size of the stream.")]
    [InlineData("SerializationException", "Start of structure or map found where not expected.")]
    public async Task Record_that_is_itself_wrong_is_refused_at_once(string type, string message)
    {
        using var sink = Sink();
        _server.Always = AnsweringServer.Error(400, type, message);
        Assert.Equal(ShipResult.Refused, (await sink.ShipAsync(Batch(), CancellationToken.None)).Result);
        Assert.Equal(1, _server.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{\"SequenceNumber\":\"49")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n{\"Se")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 500 No\r\nContent-Length: 900\r\n\r\n{\"__type\":")]
    [InlineData("HTTP/1.1 400 No\r\nContent-Length: 24\r\n\r\n<html>not for me</html>!")]
    [InlineData("nonsense\r\n\r\n")]
    public async Task Answer_that_breaks_off_or_is_none_is_a_reason_to_try_again(string answer)
    {
        using var sink = Sink();
        _server.Always = System.Text.Encoding.Latin1.GetBytes(answer);
        var outcome = await sink.ShipAsync(Batch(), CancellationToken.None);
        Assert.Equal(ShipResult.Retry, outcome.Result);
        Assert.NotEmpty(outcome.State);
        _server.Always = AnsweringServer.Taken;
        Assert.Equal(ShipOutcome.Delivered, await sink.ShipAsync(Batch(), CancellationToken.None));
    }

    [Theory]
    [InlineData("""{"message":"ok"}""")]
    [InlineData("{}")]
    [InlineData("""{"SequenceNumber":""}""")]
    [InlineData("""{"SequenceNumber":null}""")]
    [InlineData("""{"SequenceNumber":5}""")]
    [InlineData("""{"SequenceNumber":"\ud800"}""")]
    [InlineData("[]")]
    [InlineData("\"x\"")]
    [InlineData("null")]
    public async Task Yes_that_is_not_of_Kinesis_delivers_nothing(string body)
    {
        using var sink = Sink();
        _server.Always = AnsweringServer.Answer(200, body);
        var outcome = await sink.ShipAsync(Batch(), CancellationToken.None);
        Assert.Equal((ShipResult.Retry, "broken"), (outcome.Result, outcome.State));
        _server.Always = AnsweringServer.Taken;
        Assert.Equal(ShipOutcome.Delivered, await sink.ShipAsync(Batch(), CancellationToken.None));
    }

    [Fact]
    public async Task Sequence_number_that_is_not_accepted_is_given_up_and_the_record_is_not()
    {
        using var sink = Sink();
        Assert.Equal(ShipOutcome.Delivered, await sink.ShipAsync(Batch(), CancellationToken.None));
        _server.Next.Enqueue(AnsweringServer.Error(400, "InvalidArgumentException", "SequenceNumberForOrdering 49 is invalid"));
        Assert.Equal((ShipResult.Retry, "order"), await sink.ShipAsync(Batch(), CancellationToken.None) is var o ? (o.Result, o.State) : default);
        Assert.Equal(ShipOutcome.Delivered, await sink.ShipAsync(Batch(), CancellationToken.None));
    }

    [Fact]
    public async Task Host_that_no_name_server_knows_names_the_region()
    {
        using var sink = new KinesisSink(Options(new Uri("http://no-such-host.invalid/")), DummyAws.Credentials);
        Assert.Equal("name", (await sink.ShipAsync(Batch(), CancellationToken.None)).State);
    }

    [Fact]
    public async Task Credentials_that_are_missing_at_first_are_found_when_they_appear()
    {
        var before = new Dictionary<string, string?>();
        Set(new Dictionary<string, string?>(DummyAws.ProcessEnvironment)
        {
            ["AWS_ACCESS_KEY_ID"] = null, ["AWS_SECRET_ACCESS_KEY"] = null,
        });
        try
        {
            using var sink = new KinesisSink(Options(_server.Endpoint));
            var outcome = await sink.ShipAsync(Batch(), CancellationToken.None);
            Assert.Equal((ShipResult.Retry, "no-credentials"), (outcome.Result, outcome.State));
            Set(new Dictionary<string, string?>(DummyAws.ProcessEnvironment));
            Assert.Equal(ShipOutcome.Delivered, await sink.ShipAsync(Batch(), CancellationToken.None));
        }
        finally
        {
            Set(new Dictionary<string, string?>(before));
        }

        void Set(Dictionary<string, string?> variables)
        {
            foreach (var (name, value) in variables)
            {
                before.TryAdd(name, Environment.GetEnvironmentVariable(name));
                Environment.SetEnvironmentVariable(name, value);
            }
        }
    }

    [Fact]
    public async Task Trouble_whose_words_change_is_reported_once()
    {
        var reports = new ConcurrentQueue<string>();
        using var sink = Sink();
        var worker = new SinkWorker(sink, new DeliveryQueue(1 << 20), TimeProvider.System, reports.Enqueue);
        for (var i = 0; i < 4; i++)
        {
            _server.Next.Enqueue(AnsweringServer.Error(400, "AccessDeniedException", $"User: arn:aws:sts::1:assumed-role/web/session-{i} is not authorized"));
        }

        worker.Enqueue(Batch());
        worker.Close();
        await worker.RunAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(2, reports.Count);
        Assert.Contains("not allowed (User: arn:aws:sts::1:assumed-role/web/session-0", reports.First(), StringComparison.Ordinal);
        Assert.EndsWith("works again, 1 events waiting", reports.Last(), StringComparison.Ordinal);
    }

    private KinesisSink Sink() => new(Options(_server.Endpoint), DummyAws.Credentials);

    private static AgentOptions Options(Uri endpoint) => new() { KinesisStream = "edge", KinesisRegion = "us-east-1", KinesisEndpoint = endpoint };

    private static Batch Batch() => new FramePacker().Pack(Some.Frame([Some.Connect()])).Single();
}
