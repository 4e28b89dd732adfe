using AlertLambda.Alerts;
using AlertLambda.Delivery;
using AlertLambda.Tests.Alerts;
using Amazon.Runtime;
using Amazon.SimpleNotificationService;

namespace AlertLambda.Tests.Delivery;

/// <summary>The real client, over HTTP on loopback.</summary>
public sealed class SnsAlertPublisherTests : IDisposable
{
    private const string Email = "arn:aws:sns:eu-west-1:123456789012:alerts-email";
    private const string Chat = "arn:aws:sns:eu-west-1:123456789012:alerts-chat";

    private readonly FakeSns _server = new();
    private readonly AmazonSimpleNotificationServiceClient _client;
    private readonly SnsAlertPublisher _publisher;
    private readonly IReadOnlyList<AlertMessage> _messages = new AlertComposer("test").Compose(Incidents.Hostile());

    public SnsAlertPublisherTests()
    {
        _client = new AmazonSimpleNotificationServiceClient(
            new BasicAWSCredentials("id", "secret"),
            new AmazonSimpleNotificationServiceConfig { ServiceURL = _server.Url, AuthenticationRegion = "eu-west-1", MaxErrorRetry = 0 });
        _publisher = new SnsAlertPublisher(_client, Email, Chat);
    }

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
    }

    [Theory]
    [InlineData(0, Email)]
    [InlineData(1, Chat)]
    public async Task Each_medium_goes_whole_to_its_own_topic(int medium, string topic)
    {
        Assert.Equal(PublishResult.Published, await _publisher.PublishAsync(_messages[medium], default));

        Assert.Equal(topic, _server.LastForm["TopicArn"]);
        Assert.Equal(_messages[medium].Body, _server.LastForm["Message"]);
        Assert.Equal(_messages[medium].Subject, _server.LastForm["Subject"]);
        Assert.False(_server.LastForm.ContainsKey("MessageStructure"));
    }

    [Fact]
    public async Task Attributes_for_filters_are_sent_as_strings()
    {
        await _publisher.PublishAsync(_messages[0], default);

        var entries = Enumerable.Range(1, _messages[0].Attributes.Count).ToDictionary(
            i => _server.LastForm[$"MessageAttributes.entry.{i}.Name"], i => _server.LastForm[$"MessageAttributes.entry.{i}.Value.StringValue"]);
        Assert.Equal(_messages[0].Attributes.OrderBy(a => a.Key, StringComparer.Ordinal), entries.OrderBy(e => e.Key, StringComparer.Ordinal));
        Assert.Equal("String", _server.LastForm["MessageAttributes.entry.1.Value.DataType"]);
    }

    [Theory]
    [InlineData(429, "Throttled", PublishStatus.Transient)]
    [InlineData(400, "Throttling", PublishStatus.Transient)]
    [InlineData(400, "KMSThrottling", PublishStatus.Transient)]
    [InlineData(500, "InternalError", PublishStatus.Transient)]
    [InlineData(503, "ServiceUnavailable", PublishStatus.Transient)]
    [InlineData(400, "InvalidParameter", PublishStatus.Permanent)]
    [InlineData(403, "AuthorizationError", PublishStatus.Permanent)]
    [InlineData(404, "NotFound", PublishStatus.Permanent)]
    [InlineData(400, "KMSAccessDenied", PublishStatus.Permanent)]
    public async Task Refusal_is_told_by_who_can_mend_it(int status, string code, PublishStatus expected)
    {
        _server.Answer = (status, code);

        var result = await _publisher.PublishAsync(_messages[0], default);

        Assert.Equal(expected, result.Status);
        Assert.StartsWith(code, result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unreachable_service_is_transient()
    {
        _server.Dispose();

        Assert.Equal(PublishStatus.Transient, (await _publisher.PublishAsync(_messages[0], default)).Status);
    }

    [Fact]
    public async Task End_of_the_time_budget_is_transient()
    {
        Assert.Equal(PublishStatus.Transient, (await _publisher.PublishAsync(_messages[0], new CancellationToken(true))).Status);
    }
}
