using System.Globalization;
using System.Net;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;
using AwsCompat.Tests.Servers;
using Support.Servers;

namespace AwsCompat.Tests.Sns;

public sealed class AmazonSimpleNotificationServiceClientTests(FauxqsServer server) : IClassFixture<FauxqsServer>
{
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(20);

    [EmulatorFact]
    public async Task Message_reaches_a_subscribed_queue_with_subject_and_attributes()
    {
        var topic = await server.CreateTopicAsync("alerts");
        var queue = await server.SubscribeQueueAsync(topic, "alerts-queue");
        const string text = "line one\nline two & <three> \"four\" ünï\u2028 100 % + done";

        var published = await server.Sns.PublishAsync(new PublishRequest
        {
            TopicArn = topic,
            Subject = "sudo, then /etc/shadow",
            Message = text,
            MessageAttributes = new Dictionary<string, MessageAttributeValue>
            {
                ["severity"] = new() { DataType = "String", StringValue = "high" },
                ["count"] = new() { DataType = "Number", StringValue = 3.ToString(CultureInfo.InvariantCulture) },
            },
        });

        Assert.NotEmpty(published.MessageId!);
        var notification = Assert.Single(await queue.ReceiveAsync(1, LongEnough)).Notification();
        Assert.Equal(topic, notification.TopicArn);
        Assert.Equal("sudo, then /etc/shadow", notification.Subject);
        Assert.Equal(text, notification.Message);
        Assert.Equal("high", notification.Attributes["severity"]);
        Assert.Equal("3", notification.Attributes["count"]);
    }

    [EmulatorFact]
    public async Task Filter_policy_keeps_a_message_from_the_queue()
    {
        var topic = await server.CreateTopicAsync("filtered");
        var queue = await server.SubscribeQueueAsync(
            topic, "filtered-queue", new() { ["FilterPolicy"] = """{"severity":["critical"]}""", ["RawMessageDelivery"] = "true" });

        foreach (var severity in new[] { "low", "critical" })
        {
            await server.Sns.PublishAsync(new PublishRequest
            {
                TopicArn = topic,
                Message = severity,
                MessageAttributes = new() { ["severity"] = new() { DataType = "String", StringValue = severity } },
            });
        }

        Assert.Equal("critical", Assert.Single(await queue.ReceiveAsync(2, TimeSpan.FromSeconds(1))).Body);
    }

    [EmulatorFact]
    public async Task Unknown_topic_gives_NotFoundException()
    {
        var error = await Assert.ThrowsAsync<NotFoundException>(
            () => server.Sns.PublishAsync(new PublishRequest { TopicArn = "arn:aws:sns:us-east-1:000000000000:none", Message = "x" }));

        Assert.Equal("NotFound", error.ErrorCode);
        Assert.Equal(HttpStatusCode.NotFound, error.StatusCode);
    }

    [Theory]
    [InlineData("AuthorizationError", typeof(AuthorizationErrorException))]
    [InlineData("InvalidParameter", typeof(InvalidParameterException))]
    [InlineData("ParameterValueInvalid", typeof(InvalidParameterValueException))]
    [InlineData("Throttled", typeof(ThrottledException))]
    [InlineData("KMSAccessDenied", typeof(KMSAccessDeniedException))]
    [InlineData("InternalError", typeof(InternalErrorException))]
    [InlineData("SomethingNew", typeof(AmazonSimpleNotificationServiceException))]
    public async Task Error_code_gives_its_exception_type(string code, Type expected)
    {
        await using var stub = new StubHttpServer(
            HttpStatusCode.BadRequest,
            "text/xml",
            $"""
            <ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">
              <Error><Type>Sender</Type><Code>{code}</Code><Message>why</Message></Error><RequestId>id-1</RequestId>
            </ErrorResponse>
            """);
        using var client = new AmazonSimpleNotificationServiceClient(
            DummyAws.Credentials,
            new AmazonSimpleNotificationServiceConfig { ServiceURL = stub.Url, AuthenticationRegion = DummyAws.Region, MaxErrorRetry = 0 });

        var error = await Assert.ThrowsAnyAsync<AmazonSimpleNotificationServiceException>(
            () => client.PublishAsync(new PublishRequest { TopicArn = "t", Message = "m" }));

        Assert.Equal(expected, error.GetType());
        Assert.Equal("why", error.Message);
        Assert.Equal("id-1", error.RequestId);
    }
}
