using Wire.Model;
using Wire.Text;

namespace EdgeAgent.Health;

/// <summary>Finds what is wrong with an agent at one moment.</summary>
internal static class HealthTroubles
{
    /// <summary>One line each, for people and escaped.</summary>
    internal static IReadOnlyList<string> Of(AgentHealth health)
    {
        var troubles = new List<string>();
        if (!health.IsReady)
        {
            troubles.Add("it is starting");
        }
        else if (health.IntakeIdleMs >= AgentHealth.LongestTurn.TotalMilliseconds)
        {
            troubles.Add($"the intake has not turned for {health.IntakeIdleMs / 1000} s: nothing is read from the kernel");
        }

        if (health.IsTestStuck)
        {
            troubles.Add("the probes cannot be tested");
        }

        foreach (var signal in health.Beat.Signals)
        {
            if (signal.Trust is HookTrust.Partial or HookTrust.Silent)
            {
                var what = signal.Backend.Length == 0 ? "no probe can be used here" : signal.Trust == HookTrust.Silent ? "no probe fires" : "not every probe fires";
                troubles.Add($"{SafeText.Escape(signal.Signal)}: {what}");
            }
        }

        for (var i = 0; i < health.Beat.Sinks.Count; i++)
        {
            var sink = health.Beat.Sinks[i];
            var name = SafeText.Escape(sink.Name);
            if (sink.Trouble.Length > 0)
            {
                troubles.Add($"{name}: {(i < health.Reasons.Count && health.Reasons[i].Length > 0 ? health.Reasons[i] : SafeText.Escape(sink.Trouble))}");
            }

            if (sink.Spool == SpoolState.Memory)
            {
                troubles.Add($"{name}: what waits for it waits in memory, for the disk refuses");
            }
        }

        return troubles;
    }
}
