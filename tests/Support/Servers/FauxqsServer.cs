using Amazon.S3;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;

namespace Support.Servers;

/// <summary>
/// SNS, SQS and S3 in one server, by fauxqs: topics, subscriptions with filters, queues, buckets. Only queues get messages, no e-mail is sent.
/// </summary>
public sealed class FauxqsServer() : NodeEmulator("fauxqs")
{
    private AmazonSimpleNotificationServiceClient? _sns;
    private SqsClient? _sqs;
    private AmazonS3Client? _s3;

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

    /// <summary>An S3 client of this server. Disposed of with the server.</summary>
    public IAmazonS3 S3 => _s3 ??= NewS3(Endpoint);

    /// <inheritdoc/>
    protected override string EndpointVariable => "AWS_ENDPOINT_URL_SNS";

    /// <summary>An S3 client with few, quick retries.</summary>
    public static AmazonS3Client NewS3(Uri endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return new AmazonS3Client(DummyAws.Credentials, new AmazonS3Config
        {
            ServiceURL = endpoint.ToString(), AuthenticationRegion = DummyAws.Region, ForcePathStyle = true, MaxErrorRetry = 1, Timeout = TimeSpan.FromSeconds(10),
        });
    }

    /// <summary>Makes a bucket.</summary>
    /// <returns>Its name.</returns>
    public async Task<string> CreateBucketAsync(string name, CancellationToken cancellationToken = default)
    {
        await S3.PutBucketAsync(name, cancellationToken);
        return name;
    }

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
        _s3?.Dispose();
        _sqs?.Dispose();
    }
}
