using System.Text.Json.Nodes;

namespace Kernel.Tests;

/// <summary>
/// While another thread changes the name that a call is to change. Where the kernel's own check of changes is asked, what is reported is what the
/// kernel did. Elsewhere it is what the name says when the call returns, and marked as such.
/// </summary>
public sealed class ChangeRaceTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();
    private readonly string _watched;
    private readonly string _other;

    public ChangeRaceTests()
    {
        foreach (var i in Enumerable.Range(0, 8))
        {
            _scratch.Write($"f-{i}");
        }

        (_watched, _other) = (_scratch.Under("f-0"), _scratch.Under("other"));
    }

    [KernelTheory]
    [Trait("Evasion", "2b")]
    [Trait("Verdict", "missed: the name is read when the call returns")]
    [InlineData("rename")]
    [InlineData("link")]
    [InlineData("unlink")]
    [InlineData("truncate")]
    [InlineData("chmod")]
    [InlineData("chown")]
    public async Task Name_that_is_overwritten_while_the_call_waits_hides_it_where_no_check_is_asked(string call)
    {
        var (isChecked, truth, events) = await RunAsync(call, $"held_{call}", _watched, _other, _scratch.Under("later"));

        Assert.Equal(0, truth.Number("result"));
        Assert.Equal(isChecked ? 1 : 0, events.Length);
        Assert.All(events, AssertChecked);
    }

    [KernelTheory]
    [InlineData("rename")]
    [InlineData("unlink")]
    public async Task Tracer_that_changes_the_register_of_the_result_hides_no_change_where_the_check_is_asked(string call)
    {
        var (isChecked, truth, events) = await RunAsync(call, $"held_traced_{call}", _watched, _other, _scratch.Under("later"));

        Assert.Equal(0, truth.Number("result"));
        Assert.Equal(isChecked ? 1 : 0, events.Length);
        Assert.All(events, AssertChecked);
    }

    [KernelTheory]
    [InlineData("rename")]
    [InlineData("link")]
    [InlineData("unlink")]
    [InlineData("truncate")]
    [InlineData("chmod")]
    public async Task Of_20000_changes_with_a_changing_name_those_of_the_watched_file_are_reported_where_the_check_is_asked(string call)
    {
        var (isChecked, race, events) = await RunAsync(call, "race_change", call, _watched, _other, "20000");

        Assert.InRange(race.Number("hits"), 1, race.Number("count") - 1);
        if (isChecked)
        {
            // Of the others some are told by the name that stood there when they returned.
            var known = events.Where(e => !e.Flag("Unverified")).ToArray();
            Assert.Equal(race.Number("hits"), known.Length);
            Assert.All(known, AssertChecked);
        }
        else
        {
            Assert.All(events, e => Assert.True(e.Flag("Unverified")));
        }
    }

    public void Dispose() => _scratch.Dispose();

    private void AssertChecked(AgentEvent e)
    {
        Assert.False(e.Flag("Unverified"));
        Assert.Equal(_watched, e.Text("Call") is "rename" or "link" ? e.Text("SourceFilename") : e.Text("TargetFilename"));
    }

    /// <summary>Whether the check is asked, what was done, and the events of the call, but for those that put a name back.</summary>
    private async Task<(bool IsChecked, Truth Truth, AgentEvent[] Events)> RunAsync(string call, params string[] trigger)
    {
        await using var agent = await AgentProcess.StartAsync(_scratch, new JsonObject
        {
            ["flood.alikePerSecond"] = 0, ["watch.moreFiles"] = new JsonArray(_watched), ["rings.highKiB"] = 65536, ["rings.bulkKiB"] = 65536,
        });
        var isChecked = await ChangeCheck.IsAskedAsync(agent);
        var truth = await Trigger.RunAsync(trigger);
        Assert.Equal(0, await agent.StopAsync());
        Assert.Equal(0, (await StoppedLine.OfAsync(agent)).Lost);
        return (isChecked, truth, [.. agent.Events.All.Where(e => e.Kind == "call" && e.ProcessId == truth.Pid && e.Text("Call") == call && e.Text("SourceFilename") != _other)]);
    }
}
