using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;

namespace Support.Servers;

/// <summary>
/// SNS and SQS in one server, by fauxqs: topics, subscriptions with filters, queues. Only queues get messages, no e-mail is sent.
/// </summary>
public sealed class FauxqsServer() : NodeEmulator("fauxqs")
{
    private AmazonSimpleNotificationServiceClient? _sns;
    private SqsClient? _sqs;

    /// <summary>An SNS client of this server. Disposed of with the server.</summary>
    public IAmazonSimpleNotificationService Sns => _sns ??= new AmazonSimpleNotificationServiceClient(
        DummyAws.Credentials,
        new AmazonSimpleNotificationServiceConfig
        {
            ServiceURL = Endpoint.ToString(),
            AuthenticationRegion = DummyAws.Region,
            MaxErrorRetry = 2,
            Timeout = TimeSpan.FromSeconds(10),
        });

    /// <inheritdoc/>
    protected override string EndpointVariable => "AWS_ENDPOINT_URL_SNS";

    /// <summary>Makes a topic.</summary>
    /// <returns>Its ARN.</returns>
    public async Task<string> CreateTopicAsync(string name, CancellationToken cancellationToken = default) =>
        (await Sns.CreateTopicAsync(new CreateTopicRequest { Name = name }, cancellationToken)).TopicArn
        ?? throw new InvalidOperationException($"fauxqs made the topic {name} without an ARN.");

    /// <summary>Makes a queue and subscribes it to a topic, so that a test sees what subscribers of the topic get.</summary>
    /// <param name="topicArn">The topic.</param>
    /// <param name="queueName">A name not in use yet.</param>
    /// <param name="attributes">Settings of the subscription, such as FilterPolicy or RawMessageDelivery.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<SqsQueue> SubscribeQueueAsync(
        string topicArn, string queueName, Dictionary<string, string>? attributes = null, CancellationToken cancellationToken = default)
    {
        _sqs ??= new SqsClient(Endpoint);
        var queue = await SqsQueue.CreateAsync(_sqs, queueName, cancellationToken);
        await Sns.SubscribeAsync(
            new SubscribeRequest { TopicArn = topicArn, Protocol = "sqs", Endpoint = queue.Arn, Attributes = attributes }, cancellationToken);
        return queue;
    }

    private protected override void DisposeClients()
    {
        _sns?.Dispose();
        _sqs?.Dispose();
    }
}
