using EndToEnd.Tests.Alerts;
using EndToEnd.Tests.Setup;
using Support.Lambda;
using Xunit.Abstractions;

namespace EndToEnd.Tests;

/// <summary>Trouble behind the stream: nothing is lost, nothing is said twice.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class FunctionFailureTests(Servers servers, ITestOutputHelper output)
{
    [EndToEndFact]
    public async Task Function_killed_between_batches_goes_on_where_it_was()
    {
        await using var cloud = await CloudUnderTest.CreateAsync(servers, output);
        await using var agent = await EdgeAgentProcess.StartAsync(servers.Kinesis, cloud.Stream, "host-one");
        using var first = ThrowAwayUser.Create();
        await using var firstSession = UserSession.Start(first);
        var firstRun = await firstSession.ReadShadowAsync();
        await cloud.Content.WaitForAsync(firstRun);
        await cloud.Mapping.DrainAsync();
        await AlertAssert.ArrivesAsync(cloud, new AlertTruth(first, firstSession.Leader, firstRun, "host-one"));

        await cloud.Function.KillFunctionAsync();

        using var second = ThrowAwayUser.Create();
        await using var secondSession = UserSession.Start(second);
        var secondRun = await secondSession.ReadShadowAsync();
        await cloud.Content.WaitForAsync(secondRun);
        await cloud.Mapping.DrainAsync();
        await AlertAssert.ArrivesAsync(cloud, new AlertTruth(second, secondSession.Leader, secondRun, "host-one"));

        Assert.Equal(2, cloud.Function.FunctionStarts);
        var delivered = cloud.Mapping.Deliveries.SelectMany(delivery => delivery.SequenceNumbers).ToList();
        Assert.Equal(delivered.Distinct(), delivered);
        await AlertAssert.IsTheOnlyOneAsync(cloud, first, firstRun);
        await AlertAssert.IsTheOnlyOneAsync(cloud, second, secondRun);
    }

    [EndToEndFact]
    public async Task Last_record_of_a_batch_is_repeated_while_sns_is_unreachable_and_alerts_once_after_that()
    {
        await using var gate = new SnsGate(servers.Sns.Endpoint);
        await using var cloud = await CloudUnderTest.CreateAsync(
            servers, output, new CloudOptions { SnsEndpoint = gate.Endpoint });
        var (_, harmless) = await cloud.Content.PutAsync(Frames.Harmless("host-two"), "host-two");

        await using var agent = await EdgeAgentProcess.StartAsync(servers.Kinesis, cloud.Stream, "host-one");
        using var user = ThrowAwayUser.Create();
        await using var session = UserSession.Start(user);
        var run = await session.ReadShadowAsync();
        await cloud.Content.WaitForAsync(run);

        await gate.CloseAsync();
        cloud.StartPolling();
        await cloud.WaitForDeliveriesAsync(IsPartial, 3);
        Assert.Empty(await cloud.Mail.AllAsync(user.Name));
        gate.Open();

        await AlertAssert.ArrivesAsync(cloud, new AlertTruth(user, session.Leader, run, "host-one"));
        await AlertAssert.IsTheOnlyOneAsync(cloud, user, run);
        Assert.Equal(1, cloud.Function.FunctionStarts);
        var deliveries = cloud.Mapping.Deliveries.ToList();
        Assert.Equal(harmless, deliveries[0].SequenceNumbers[0]);
        Assert.Equal(deliveries[0].SequenceNumbers.Count - 1, deliveries[0].Done);
        foreach (var (delivery, next) in deliveries.Zip(deliveries.Skip(1)))
        {
            var open = delivery.SequenceNumbers.Skip(delivery.Done).ToList();
            Assert.True(open.Count == 0 || open.SequenceEqual(next.SequenceNumbers));
        }
    }

    // The function answered, and said from where on to repeat.
    private static bool IsPartial(BatchDelivery delivery) =>
        delivery.Result.Succeeded && delivery.Done < delivery.SequenceNumbers.Count;
}
