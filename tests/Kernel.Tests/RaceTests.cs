using System.Text.Json.Nodes;

namespace Kernel.Tests;

/// <summary>
/// While another thread changes the argument of a call, what is reported is what the kernel did: as often as the trigger found by asking
/// afterwards, never anything else.
/// </summary>
public sealed class RaceTests : IDisposable
{
    private const string Outside = "203.0.113.10";
    private readonly ScratchFolder _scratch = new();
    private readonly string _watched;

    public RaceTests()
    {
        _watched = _scratch.Write("f-0");
        foreach (var i in Enumerable.Range(1, 7))
        {
            _scratch.Write($"f-{i}");
        }
    }

    [KernelFact]
    [Trait("Evasion", "2")]
    public async Task Of_300000_opens_with_a_changing_name_those_of_the_watched_file_are_reported() =>
        await AssertOpensAsync("race_open", _watched, "300000");

    [KernelFact]
    [Trait("Evasion", "3")]
    public async Task Of_20000_opens_through_a_changing_link_those_of_the_watched_file_are_reported() =>
        await AssertOpensAsync("race_link", _scratch.Under("link"), _watched, _scratch.Under("f-1"), "20000");

    [KernelFact("ip")]
    [Trait("Evasion", "2")]
    public async Task Of_40000_connects_with_a_changing_address_those_to_other_networks_are_reported()
    {
        await using var network = await NetworkNamespace.CreateAsync($"{Outside}/32", "10.1.2.3/32");
        await using var agent = await StartAsync();

        var race = await Trigger.RunInAsync(network.Enter, "race_connect", Outside, "10.1.2.3", "40000");

        var connects = await ReportedAsync(agent, race, "connect");
        Assert.All(connects, e => Assert.Equal((Outside, 9), (e.Text("DestinationIp"), e.Number("DestinationPort"))));
    }

    public void Dispose() => _scratch.Dispose();

    private async Task AssertOpensAsync(params string[] trigger)
    {
        await using var agent = await StartAsync();
        var inode = (await Trigger.RunAsync("open_plain", _watched)).Inode;

        var race = await Trigger.RunAsync(trigger);

        var opens = await ReportedAsync(agent, race, "file_open");
        Assert.All(opens, e => Assert.Equal((_watched, inode), (e.Text("TargetFilename"), e.Number("Inode"))));
    }

    /// <summary>Rings that hold everything: a lost event would be no wrong one, but the counts could not be compared.</summary>
    private Task<AgentProcess> StartAsync() => AgentProcess.StartAsync(
        _scratch,
        new JsonObject { ["flood.alikePerSecond"] = 0, ["watch.moreFiles"] = new JsonArray(_watched), ["rings.highKiB"] = 65536, ["rings.bulkKiB"] = 65536 });

    private static async Task<AgentEvent[]> ReportedAsync(AgentProcess agent, Truth race, string kind)
    {
        Assert.Equal(0, await agent.StopAsync());
        Assert.Equal(0, (await StoppedLine.OfAsync(agent)).Lost);
        AgentEvent[] events = [.. agent.Events.All.Where(e => e.Kind == kind && e.ProcessId == race.Pid)];

        // Neither all nor none: the other thread did come in between.
        Assert.InRange(race.Number("hits"), 1, race.Number("count") - 1);
        Assert.Equal(race.Number("hits"), events.Length);
        return events;
    }
}
