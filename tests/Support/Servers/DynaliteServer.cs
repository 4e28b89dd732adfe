using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

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

    /// <summary>Makes a table with a string key, paid by the request, and waits until it is active.</summary>
    /// <returns>Its name, which no other has.</returns>
    public async Task<string> CreateTableAsync(string key, CancellationToken cancellationToken = default)
    {
        var name = $"table-{Guid.NewGuid():N}";
        await Client.CreateTableAsync(
            new CreateTableRequest
            {
                TableName = name,
                KeySchema = [new KeySchemaElement(key, KeyType.HASH)],
                AttributeDefinitions = [new AttributeDefinition(key, ScalarAttributeType.S)],
                BillingMode = BillingMode.PAY_PER_REQUEST,
            },
            cancellationToken);
        while ((await Client.DescribeTableAsync(name, cancellationToken)).Table.TableStatus != TableStatus.ACTIVE)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), cancellationToken);
        }

        return name;
    }

    private protected override void DisposeClients() => _client?.Dispose();
}
