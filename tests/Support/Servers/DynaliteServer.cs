using Amazon.DynamoDBv2;

namespace Support.Servers;

/// <summary>
/// DynamoDB, by dynalite: tables and single-item conditions. It knows neither transactions nor UpdateTimeToLive.
/// </summary>
public sealed class DynaliteServer() : NodeEmulator("dynalite")
{
    private AmazonDynamoDBClient? _client;

    /// <summary>A client of this server. Disposed of with the server.</summary>
    public IAmazonDynamoDB Client => _client ??= new AmazonDynamoDBClient(
        DummyAws.Credentials,
        new AmazonDynamoDBConfig
        {
            ServiceURL = Endpoint.ToString(),
            AuthenticationRegion = DummyAws.Region,
            MaxErrorRetry = 2,
            Timeout = TimeSpan.FromSeconds(10),
        });

    /// <inheritdoc/>
    protected override string EndpointVariable => "AWS_ENDPOINT_URL_DYNAMODB";

    private protected override void DisposeClients() => _client?.Dispose();
}
