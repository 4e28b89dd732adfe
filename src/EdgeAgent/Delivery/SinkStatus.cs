using Wire.Model;

namespace EdgeAgent.Delivery;

/// <summary>How a sink is.</summary>
/// <param name="Health">What leaves the host.</param>
/// <param name="Reason">What is wrong and what to do, for people and escaped; empty = nothing is wrong.</param>
internal sealed record SinkStatus(SinkHealth Health, string Reason);
