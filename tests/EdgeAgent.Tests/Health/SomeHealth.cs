using EdgeAgent.Health;
using Wire.Model;

namespace EdgeAgent.Tests.Health;

/// <summary>Agents that are well, and agents that are not.</summary>
internal static class SomeHealth
{
    internal static readonly AgentHealth Well = new()
    {
        HostId = "i-0abc", BootId = new Guid("0b7e3c1a-5d42-4f0e-9a68-1c2d3e4f5a6b"), ProcessId = 4711, IsReady = true, IntakeIdleMs = 40,
        ProcessesShortened = 4, Losses = [new KindLoss(Lane.Bulk, EventKind.Connect, 70), new KindLoss(Lane.Bulk, EventKind.Call, 7)],
        Reasons = ["", ""],
        Beat = new Heartbeat
        {
            TakenBootNs = 400_000_000_000, UptimeNs = 300_000_000_000, AgentVersion = "1.2.3", ConfigHash = "00ff", WatchHash = "a1", Pins = PinState.Adopted,
            Totals = new AgentTotals
            {
                Events = 1_000_000, Filtered = 900_000, Repeated = 50_000, Unparsed = 1, LostInKernel = [0, 77], ProcessEvictions = 5, MapEvictions = 6,
            },
            Sinks =
            [
                new SinkHealth
                {
                    Name = "kinesis stream edge", Delivered = 40_000, Dropped = 12, BacklogBytes = 2_050, BacklogFrames = 3, OldestMs = 1_500, Spool = SpoolState.Disk,
                },
                new SinkHealth { Name = "console", Delivered = 7 },
            ],
            Signals =
            [
                new SignalHealth("file-open", "fexit", HookTrust.Proven, 340_000_000_000), new SignalHealth("calls", ""), new SignalHealth("network", "cgroup"),
            ],
        },
    };

    /// <summary>The stream refuses, the disk is full, opens are not seen; and who answered wanted to write to our terminal.</summary>
    internal static readonly AgentHealth Ill = WithTroubles(Well with
    {
        IsTestStuck = true, IntakeIdleMs = 31_000, Reasons = [@"not allowed (\x1b[31m): give the host's role kinesis:PutRecord", ""],
        Beat = Well.Beat with
        {
            Sinks = [Well.Beat.Sinks[0] with { Trouble = "other \u001b[31m\"\n\ud800", SinceBootNs = 7, Spool = SpoolState.Memory }, Well.Beat.Sinks[1]],
            Signals = [new SignalHealth("file-open", "fexit", HookTrust.Silent, 1), new SignalHealth("process", "tp_btf", HookTrust.Partial, 1)],
        },
    });

    private static AgentHealth WithTroubles(AgentHealth health) => health with { Troubles = HealthTroubles.Of(health) };
}
