namespace EdgeAgent.Probes;

/// <summary>The probes cannot run on this host; the message says why and what to do.</summary>
public sealed class ProbeException(string message, Exception? inner = null) : Exception(message, inner);
