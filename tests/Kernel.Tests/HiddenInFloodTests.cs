using System.Text.Json.Nodes;

namespace Kernel.Tests;

/// <summary>What matters comes through whatever goes on beside it.</summary>
public sealed class HiddenInFloodTests : IDisposable
{
    private const int Denied = 2_000_000;
    private const int Opens = 1000;

    /// <summary>Events of other processes of this machine that were kept on the host before and after the flood.</summary>
    private const long Noise = 1000;
    private readonly ScratchFolder _scratch = new();

    [KernelFact]
    [Trait("Evasion", "19")]
    public async Task Each_of_1000_watched_opens_among_2_million_denied_ones_is_reported_and_all_others_are_accounted_for()
    {
        var (watched, denied) = (_scratch.Write("watched"), _scratch.Write("denied"));
        File.SetUnixFileMode(_scratch.Path, (UnixFileMode)0b111_101_101);
        File.SetUnixFileMode(denied, UnixFileMode.UserRead);
        await using var agent = await AgentProcess.StartAsync(
            _scratch, new JsonObject { ["watch.moreFiles"] = new JsonArray(watched), ["forward.exec"] = "all", ["forward.lifecycle"] = true });
        var before = await agent.WaitForEventAsync("exec", (await Command.RunAsync("true")).Pid);

        var flood = await Trigger.RunAsync("as_nobody", "open_flood", denied, watched, $"{Denied}", $"{Opens}");

        var after = await LastAsync(agent);
        Assert.Equal(0, flood.Number("result"));
        Assert.Equal(0, await agent.StopAsync());
        var opens = agent.Events.All.Where(e => e.Kind == "file_open" && e.ProcessId is var pid && (pid == flood.Number("first") || pid == flood.Number("second")));
        Assert.Equal(Opens, opens.Count(e => e.Text("TargetFilename") == watched && e.Text("Error").Length == 0));

        // Each number of the lane was reported, filtered or counted as lost.
        var stopped = await StoppedLine.OfAsync(agent);
        var given = (long)(after.Sequence - before.Sequence) - 1;
        var reported = agent.Events.All.Count(e => e.Lane == "bulk" && e.Sequence > before.Sequence && e.Sequence < after.Sequence);
        Assert.True(given >= Denied, $"{given} of {Denied}");
        Assert.InRange(reported + stopped.KeptOnHost + stopped.Lost - given, 0, Noise);
    }

    public void Dispose() => _scratch.Dispose();

    /// <summary>Right after a flood the ring may be full still.</summary>
    private static async Task<AgentEvent> LastAsync(AgentProcess agent)
    {
        const int Tries = 20;
        for (var i = 0; ; i++)
        {
            var pid = (await Command.RunAsync("true")).Pid;
            try
            {
                return await agent.Events.WaitForAsync(e => e.Kind == "exec" && e.ProcessId == pid, $"exec by {pid}", TimeSpan.FromSeconds(5));
            }
            catch (TimeoutException) when (i < Tries)
            {
                // Lost, and counted: the next one tells.
            }
        }
    }
}
