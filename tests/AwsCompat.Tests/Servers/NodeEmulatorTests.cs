using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Support.Processes;
using Support.Servers;

namespace AwsCompat.Tests.Servers;

public sealed class NodeEmulatorTests
{
    [EmulatorFact]
    public async Task Dynalite_refuses_a_put_whose_condition_does_not_hold()
    {
        await using var server = new DynaliteServer();
        await server.StartAsync();
        await server.Client.CreateTableAsync(new CreateTableRequest
        {
            TableName = "state",
            KeySchema = [new KeySchemaElement("pk", KeyType.HASH)],
            AttributeDefinitions = [new AttributeDefinition("pk", ScalarAttributeType.S)],
            BillingMode = BillingMode.PAY_PER_REQUEST,
        });
        while ((await server.Client.DescribeTableAsync("state")).Table.TableStatus != TableStatus.ACTIVE)
        {
            await Task.Delay(10);
        }

        var put = new PutItemRequest
        {
            TableName = "state",
            Item = new() { ["pk"] = new AttributeValue("H#1") },
            ConditionExpression = "attribute_not_exists(pk)",
        };
        await server.Client.PutItemAsync(put);

        await Assert.ThrowsAsync<ConditionalCheckFailedException>(() => server.Client.PutItemAsync(put));
    }

    [EmulatorFact]
    public async Task Clients_of_two_servers_see_different_streams()
    {
        await using var one = new KinesaliteServer();
        await using var other = new KinesaliteServer();
        await Task.WhenAll(one.StartAsync(), other.StartAsync());

        await one.CreateStreamAsync("same-name");
        await other.CreateStreamAsync("same-name");

        Assert.NotEqual(one.Endpoint, other.Endpoint);
        Assert.Equal(one.Endpoint.ToString(), one.ProcessEnvironment["AWS_ENDPOINT_URL_KINESIS"]);
        Assert.True(one.Endpoint.IsLoopback);
    }

    [EmulatorFact]
    public async Task Start_that_fails_shows_what_the_process_wrote()
    {
        var serve = Path.Combine(Support.Repository.Root, "tests", "Support", "emulators", "serve.mjs");
        await using var process = ChildProcess.Start("node", [serve, "no-such-emulator"]);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => process.WaitForLineAsync("listening", TimeSpan.FromSeconds(30)));

        Assert.Contains("exited with 2", error.Message, StringComparison.Ordinal);
        Assert.Contains("usage: node serve.mjs kinesalite|fauxqs|dynalite", error.Message, StringComparison.Ordinal);
    }
}
