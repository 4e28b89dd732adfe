using Amazon.Kinesis;
using Amazon.Kinesis.Model;

namespace Support.Servers;

/// <summary>
/// Kinesis Data Streams, by kinesalite: streams, shards, records, typed errors. No encryption and no enhanced fan-out.
/// </summary>
public sealed class KinesaliteServer : NodeEmulator
{
    private readonly List<AmazonKinesisClient> _clients = [];
    private IAmazonKinesis? _client;

    /// <summary>One that holds all in memory.</summary>
    public KinesaliteServer()
        : this(null)
    {
    }

    private KinesaliteServer(string? folder)
        : base("kinesalite", folder)
    {
    }

    /// <summary>One that keeps what it holds in a folder, over a restart.</summary>
    public static KinesaliteServer KeptIn(string folder) => new(folder);

    /// <summary>A client of this server with few, quick retries. Disposed of with the server.</summary>
    public IAmazonKinesis Client => _client ??= NewClient();

    /// <inheritdoc/>
    protected override string EndpointVariable => "AWS_ENDPOINT_URL_KINESIS";

    /// <summary>Another client of this server, disposed of with it.</summary>
    /// <param name="configure">Changes the settings; the endpoint and the region are set already.</param>
    public AmazonKinesisClient NewClient(Action<AmazonKinesisConfig>? configure = null)
    {
        var config = new AmazonKinesisConfig
        {
            ServiceURL = Endpoint.ToString(),
            AuthenticationRegion = DummyAws.Region,
            MaxErrorRetry = 2,
            Timeout = TimeSpan.FromSeconds(10),
        };
        configure?.Invoke(config);
        var client = new AmazonKinesisClient(DummyAws.Credentials, config);
        _clients.Add(client);
        return client;
    }

    /// <summary>Makes a stream and waits until it is active.</summary>
    /// <returns>Its ARN.</returns>
    public async Task<string> CreateStreamAsync(string name, int shards = 1, CancellationToken cancellationToken = default)
    {
        await Client.CreateStreamAsync(new CreateStreamRequest { StreamName = name, ShardCount = shards }, cancellationToken);
        while (true)
        {
            var request = new DescribeStreamSummaryRequest { StreamName = name };
            var response = await Client.DescribeStreamSummaryAsync(request, cancellationToken);
            if (response.StreamDescriptionSummary is { StreamARN: { } arn } summary && summary.StreamStatus == StreamStatus.ACTIVE)
            {
                return arn;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), cancellationToken);
        }
    }

    private protected override void DisposeClients()
    {
        _clients.ForEach(client => client.Dispose());
        _clients.Clear();
        _client = null;
    }
}
