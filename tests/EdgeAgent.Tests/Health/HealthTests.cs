using System.Text;
using System.Text.Json;
using EdgeAgent.Health;
using Wire.Model;

namespace EdgeAgent.Tests.Health;

/// <summary>One state of the agent, told in several ways.</summary>
public sealed class HealthTests
{
    [Fact]
    public void Nothing_is_wrong_with_an_agent_that_is_well()
    {
        Assert.Empty(HealthTroubles.Of(SomeHealth.Well));
        Assert.True(SomeHealth.Well.IsHealthy);
    }

    [Fact]
    public void Everything_that_is_wrong_is_named_and_nothing_can_reach_a_terminal() => Assert.Equal(
        [
            "the intake has not turned for 31 s: nothing is read from the kernel",
            "the probes cannot be tested",
            "file-open: no probe fires",
            "process: not every probe fires",
            @"kinesis stream edge: not allowed (\x1b[31m): give the host's role kinesis:PutRecord",
            "kinesis stream edge: what waits for it waits in memory, for the disk refuses",
        ],
        SomeHealth.Ill.Troubles);

    [Fact]
    public void Agent_that_starts_is_not_healthy_yet() =>
        Assert.Equal("it is starting", Assert.Single(HealthTroubles.Of(SomeHealth.Well with { IsReady = false, IntakeIdleMs = 60_000 })));

    [Fact]
    public void Json_comes_back_and_is_one_line_of_ASCII()
    {
        foreach (var health in (AgentHealth[])[SomeHealth.Well, SomeHealth.Ill])
        {
            var json = HealthJson.Write(health);
            Assert.All(json.SkipLast(1), b => Assert.InRange(b, (byte)' ', (byte)'~'));
            var back = HealthJson.Read(json);
            Assert.Equal(Encoding.UTF8.GetString(json), Encoding.UTF8.GetString(HealthJson.Write(back)));
            Assert.Equal((health.HostId, health.BootId, health.ProcessId, health.IsHealthy), (back.HostId, back.BootId, back.ProcessId, back.IsHealthy));
            Assert.Equal(health.Beat.Signals, back.Beat.Signals);
            Assert.Equal(health.Beat.Totals.LostInKernel, back.Beat.Totals.LostInKernel);
            Assert.Equal(health.Beat.Sinks[1], back.Beat.Sinks[1]);
        }
    }

    [Fact]
    public void Json_of_another_version_is_read_as_far_as_it_is_known()
    {
        var health = HealthJson.Read("""{ "healthy": false, "pid": 5, "pins": "Welded", "sinks": [7, { "name": null, "spool": "Tape", "delivered": -1 }], "new": {} }"""u8.ToArray());
        Assert.False(health.IsHealthy);
        Assert.Equal((5, PinState.Off, 0ul), (health.ProcessId, health.Beat.Pins, Assert.Single(health.Beat.Sinks).Delivered));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("{ \"pid\": 5")]
    public void What_is_no_agent_is_not_taken_for_one(string answer) =>
        Assert.ThrowsAny<JsonException>(() => HealthJson.Read(Encoding.UTF8.GetBytes(answer)));

    [Fact]
    public void Table_for_people_says_all_of_it()
    {
        using var text = new StringWriter { NewLine = "\n" };
        HealthText.Write(SomeHealth.Well, text);
        Assert.Equal(
            """
            healthy
            agent         version 1.2.3, process 4711, up 5 min
            host          i-0abc, boot 0b7e3c1a-5d42-4f0e-9a68-1c2d3e4f5a6b
            configuration 00ff, watch lists a1
            pins          on: adopted from the life before
            intake        turned 40 ms ago
            events        1000000 seen, 900000 kept on the host, 50000 told by events like them
            lost          0 + 77 in the kernel (high + bulk), 1 not parsed
                          70 connect (bulk), 7 call (bulk)
            forgotten     5 processes, 6 files met under watched names; of 4 processes arguments or ancestors

            signal        probes      self-test
            file-open     fexit       passed 60 s ago
            calls         none
            network       cgroup      not tested

            sink                               delivered   dropped frames wait      KiB    oldest  spool
            kinesis stream edge                    40000        12           3        3       1 s  disk
            console                                    7         0           0        0       0 s  -

            """,
            text.ToString());
    }

    [Fact]
    public void Table_names_what_is_wrong_and_lets_nothing_through_to_the_terminal()
    {
        using var text = new StringWriter { NewLine = "\n" };
        HealthText.Write(SomeHealth.Ill with { HostId = "i\u001b]0;x\u202e" }, text);
        var lines = text.ToString();
        Assert.StartsWith("degraded\ntrouble       the intake has not turned", lines, StringComparison.Ordinal);
        Assert.Contains("FAILED 399 s ago: no probe fires", lines.Replace("6 min", "399 s", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.All(lines.Replace("\n", "", StringComparison.Ordinal), c => Assert.InRange(c, ' ', '~'));
    }

    [Fact]
    public void Status_for_the_service_manager_is_one_short_line()
    {
        Assert.Equal("healthy: 1000000 events seen, 77 lost in the kernel, 3 frames wait", ServiceManager.StatusOf(SomeHealth.Well));
        var status = ServiceManager.StatusOf(SomeHealth.Ill with { Troubles = [.. Enumerable.Repeat("x", 1000)] });
        Assert.StartsWith("degraded: x; x", status, StringComparison.Ordinal);
        Assert.InRange(status.Length, 1, 501);
        Assert.DoesNotContain('\n', ServiceManager.StatusOf(SomeHealth.Ill));
    }

    [Fact]
    public void Long_texts_of_a_heartbeat_are_cut_between_characters()
    {
        Assert.Equal("abc", ShortText.Of("abc"));
        foreach (var text in (string[])[new('x', 300), string.Concat(Enumerable.Repeat("🚀", 150)), $"x{string.Concat(Enumerable.Repeat("🚀", 150))}"])
        {
            var cut = ShortText.Of(text);
            Assert.InRange(cut.Length, Heartbeat.MaxTextLength - 1, Heartbeat.MaxTextLength);
            Assert.False(char.IsHighSurrogate(cut[^2]));
        }
    }
}
