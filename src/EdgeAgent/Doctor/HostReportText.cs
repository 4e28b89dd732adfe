using EdgeAgent.Probes;

namespace EdgeAgent.Doctor;

/// <summary>The report for people: facts, then a table of the probes.</summary>
internal static class HostReportText
{
    private const string Unknown = "not known: securityfs is not mounted on /sys/kernel/security";

    internal static void Write(HostReport report, TextWriter output)
    {
        Fact("kernel", report.Kernel);
        Fact("type information", report.HasBtf ? "yes" : "no");
        Fact("preemption", report.Preemption switch
        {
            true => "in the kernel, too: opens have probes that it cannot leave out",
            false => "not in the kernel",
            null => "not known (debugfs cannot be mounted), taken for one in the kernel, too",
        });
        Fact("lockdown", report.Lockdown.Length > 0 ? report.Lockdown : Unknown);
        Fact("security modules", report.SecurityModules.Length > 0 ? report.SecurityModules : Unknown);
        Fact("cgroup v2", report.CgroupMount ?? "not mounted; the agent mounts its own");
        Fact("tracefs", report.TracefsMount ?? "not mounted; the plain tracepoints, the last choice for opens, need it");
        Fact("probes", report.ProbesHash is { } hash ? $"{BpfArtifact.Name}, SHA-256 {hash}; no others are loaded" : "none: the agent was built without");
        Fact("capabilities", report.MissingCapabilities.Count == 0 ? "all that are needed" : $"missing: {string.Join(", ", report.MissingCapabilities)}");
        foreach (var pin in report.Pins)
        {
            Fact("pinned", $"{pin.Folder}: {pin.Maps} maps, {pin.Programs} programs, {pin.Links} links; {pin.State}");
        }

        foreach (var missing in report.Missing)
        {
            Fact("cannot run", missing);
        }

        if (report.Choices.Count > 0)
        {
            output.WriteLine();
            Row("signal", "probes", "result", "why");
        }

        foreach (var choice in report.Choices)
        {
            foreach (var trial in choice.Trials)
            {
                Row(Backend.TextOf(choice.Signal), trial.Backend.Name, HostReport.ResultOf(choice, trial), trial.Reason);
                if (trial.Log.Length > 0)
                {
                    output.WriteLine(trial.Log);
                }
            }
        }

        void Fact(string name, string value) => output.WriteLine($"{name,-17} {value}");

        void Row(string signal, string probes, string result, string reason) =>
            output.WriteLine($"{signal,-10} {probes,-11} {result,-15} {reason}".TrimEnd());
    }
}
