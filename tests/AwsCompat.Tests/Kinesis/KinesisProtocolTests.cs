using System.Net;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Amazon.Runtime;
using AwsCompat.Tests.Servers;
using Support.Servers;

namespace AwsCompat.Tests.Kinesis;

public sealed class KinesisProtocolTests
{
    private const string Json = "application/x-amz-json-1.1";

    [Theory]
    [InlineData("ProvisionedThroughputExceededException", typeof(ProvisionedThroughputExceededException))]
    [InlineData("com.amazonaws.kinesis#ExpiredIteratorException", typeof(ExpiredIteratorException))]
    [InlineData("ExpiredNextTokenException", typeof(ExpiredNextTokenException))]
    [InlineData("AccessDeniedException", typeof(AccessDeniedException))]
    [InlineData("KMSThrottlingException", typeof(KMSThrottlingException))]
    [InlineData("KMSAccessDeniedException", typeof(KMSAccessDeniedException))]
    [InlineData("KMSDisabledException", typeof(KMSDisabledException))]
    [InlineData("KMSInvalidStateException", typeof(KMSInvalidStateException))]
    [InlineData("KMSNotFoundException", typeof(KMSNotFoundException))]
    [InlineData("KMSOptInRequired", typeof(KMSOptInRequiredException))]
    [InlineData("InternalFailureException", typeof(InternalFailureException))]
    [InlineData("SomethingNew", typeof(AmazonKinesisException))]
    public async Task Error_code_gives_its_exception_type(string code, Type expected)
    {
        await using var server = new StubHttpServer(HttpStatusCode.BadRequest, Json, $$"""{"__type":"{{code}}","message":"why"}""");
        using var client = NewClient(server, retries: 0);

        var error = await Assert.ThrowsAnyAsync<AmazonKinesisException>(() => client.PutRecordAsync(Request()));

        Assert.Equal(expected, error.GetType());
        Assert.Equal("why", error.Message);
        Assert.Equal(code.Split('#')[^1], error.ErrorCode);
    }

    [Fact]
    public async Task Throttling_is_retried_as_often_as_configured()
    {
        await using var server = new StubHttpServer(
            HttpStatusCode.BadRequest, Json, """{"__type":"ProvisionedThroughputExceededException","message":"slower"}""");
        using var client = NewClient(server, retries: 1);

        await Assert.ThrowsAsync<ProvisionedThroughputExceededException>(() => client.PutRecordAsync(Request()));

        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Request_is_signed_and_carries_only_the_fields_set()
    {
        await using var server = new StubHttpServer(
            HttpStatusCode.OK, Json, """{"SequenceNumber":"1","ShardId":"shardId-000000000000","New":{}}""");
        using var client = NewClient(server, retries: 0);

        var response = await client.PutRecordAsync(Request());

        var (headers, body) = Assert.Single(server.Requests);
        Assert.Equal("""{"Data":"AQI=","PartitionKey":"k","StreamName":"s"}""", body);
        Assert.Equal("Kinesis_20131202.PutRecord", headers["X-Amz-Target"]);
        Assert.Equal(Json, headers["Content-Type"]);
        Assert.StartsWith("AWS4-HMAC-SHA256 Credential=dummy-access-key/", headers["Authorization"], StringComparison.Ordinal);
        Assert.Contains("/us-east-1/kinesis/aws4_request", headers["Authorization"], StringComparison.Ordinal);
        Assert.Equal("1", response.SequenceNumber);
        Assert.Null(response.EncryptionType);
    }

    [Fact]
    public async Task Data_is_sent_from_the_start_of_the_stream_whatever_its_position()
    {
        await using var server = new StubHttpServer(HttpStatusCode.OK, Json, "{}");
        using var client = NewClient(server, retries: 0);
        var request = Request();
        request.Data!.Position = 1;

        await client.PutRecordAsync(request);

        Assert.Contains("\"Data\":\"AQI=\"", Assert.Single(server.Requests).Body, StringComparison.Ordinal);
    }

    private static PutRecordRequest Request() => new() { StreamName = "s", PartitionKey = "k", Data = new MemoryStream([1, 2]) };

    private static AmazonKinesisClient NewClient(StubHttpServer server, int retries) => new(
        DummyAws.Credentials,
        new AmazonKinesisConfig
        {
            ServiceURL = server.Url,
            AuthenticationRegion = DummyAws.Region,
            RetryMode = RequestRetryMode.Standard,
            MaxErrorRetry = retries,
        });
}
