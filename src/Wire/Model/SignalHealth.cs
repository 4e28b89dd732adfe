namespace Wire.Model;

/// <summary>How the probes of one signal are.</summary>
/// <param name="Signal">The signal, as <c>bpf/backends.txt</c> names it.</param>
/// <param name="Backend">The probes that show it; empty = the agent does without.</param>
/// <param name="Trust">What the self-test found.</param>
/// <param name="TestedBootNs">When the last self-test of it was judged, ns since boot; 0 = none was.</param>
public sealed record SignalHealth(string Signal, string Backend, HookTrust Trust = HookTrust.Unproven, ulong TestedBootNs = 0);
