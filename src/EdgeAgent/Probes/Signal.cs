namespace EdgeAgent.Probes;

/// <summary>What the probes tell of; each has one or more <see cref="Backend"/>s that can show it.</summary>
internal enum Signal
{
    FileOpen,
    Process,
    Calls,
    Network,
}
