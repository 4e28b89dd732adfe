using System.Security.Cryptography;
using EndToEnd.Tests.Alerts;
using EndToEnd.Tests.Setup;
using Xunit.Abstractions;

namespace EndToEnd.Tests;

/// <summary>Records that are no frames.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class PoisonRecordTests(Servers servers, ITestOutputHelper output)
{
    [EndToEndFact]
    public async Task Poison_is_kept_in_the_bucket_and_holds_up_none_of_the_good_records_around_it()
    {
        await using var cloud = await CloudUnderTest.CreateAsync(servers, output);
        await using var agent = await EdgeAgentProcess.StartAsync(servers.Kinesis, cloud.Stream, "host-one");
        using var user = ThrowAwayUser.Create();
        await using var session = UserSession.Start(user);

        var noise = RandomNumberGenerator.GetBytes(300);
        var (_, noiseNumber) = await cloud.Content.PutAsync(noise, "nobody");
        var run = await session.ReadShadowAsync();
        var good = await cloud.Content.WaitForAsync(run);
        var cut = good.Bytes[..(good.Bytes.Length / 2)];
        var (_, cutNumber) = await cloud.Content.PutAsync(cut, "host-one");
        var again = await session.ReadShadowAsync();
        await cloud.Content.WaitForAsync(again);

        await cloud.Mapping.DrainAsync();
        await AlertAssert.ArrivesAsync(cloud, new AlertTruth(user, session.Leader, run, "host-one"));
        await AlertAssert.IsTheOnlyOneAsync(cloud, user, run, again);

        var kept = cloud.LogLines("quarantine");
        Assert.Equal(2, kept.Count);
        Assert.Equal([noiseNumber, cutNumber], kept.Select(line => line.GetProperty("sequenceNumber").GetString()));
        Assert.Equal(noise, await cloud.QuarantinedAsync(noiseNumber));
        Assert.Equal(cut, await cloud.QuarantinedAsync(cutNumber));
        Assert.Equal("nobody", kept[0].GetProperty("partitionKey").GetString());
        Assert.All(kept, line => Assert.NotEmpty(line.GetProperty("message").GetString()!));
        Assert.All(cloud.Mapping.Deliveries, delivery => Assert.Equal(delivery.SequenceNumbers.Count, delivery.Done));
        var delivered = cloud.Mapping.Deliveries.SelectMany(delivery => delivery.SequenceNumbers).ToList();
        Assert.Equal(delivered.Distinct(), delivered);
    }
}
