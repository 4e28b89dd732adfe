using EndToEnd.Tests.Alerts;
using EndToEnd.Tests.Setup;
using Xunit.Abstractions;

namespace EndToEnd.Tests;

/// <summary>Two hosts in two shards. Both are this machine, so both see the same.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class TwoHostsTests(Servers servers, ITestOutputHelper output)
{
    [EndToEndFact]
    public async Task Each_host_of_a_stream_with_two_shards_gets_one_alert_that_names_it()
    {
        await using var cloud = await CloudUnderTest.CreateAsync(servers, output, new CloudOptions { Shards = 2 });
        cloud.StartPolling();
        var hosts = await FindHostsInDifferentShardsAsync(cloud.Content);
        await using var firstAgent = await EdgeAgentProcess.StartAsync(servers.Kinesis, cloud.Stream, hosts[0]);
        await using var secondAgent = await EdgeAgentProcess.StartAsync(servers.Kinesis, cloud.Stream, hosts[1]);
        using var user = ThrowAwayUser.Create();
        await using var session = UserSession.Start(user);

        var run = await session.ReadShadowAsync();
        foreach (var host in hosts)
        {
            await AlertAssert.ArrivesAsync(cloud, new AlertTruth(user, session.Leader, run, host));
        }

        Assert.Equal(2, (await cloud.Mail.AllAsync(user.Name)).Count);
        Assert.Equal(2, (await cloud.Chat.AllAsync(user.Name)).Count);
        Assert.Equal(2, cloud.Mapping.Deliveries.Select(delivery => delivery.ShardId).Distinct().Count());
    }

    // Kinesis hashes the key; which shard that gives, it tells with every record.
    private static async Task<IReadOnlyList<string>> FindHostsInDifferentShardsAsync(StreamView stream)
    {
        var byShard = new Dictionary<string, string>();
        for (var number = 1; byShard.Count < 2; number++)
        {
            var host = $"host-{number}";
            byShard.TryAdd((await stream.PutAsync(Frames.Harmless("host-of-nobody"), host)).ShardId, host);
        }

        return [.. byShard.Values];
    }
}
