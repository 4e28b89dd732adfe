using Wire.Model;

namespace Detection.Tests.Oracle;

/// <summary>A rule fires in a group at an event.</summary>
/// <param name="Rule">Title of the rule.</param>
/// <param name="Group">Value of its group, as incidents show it; empty without one.</param>
/// <param name="Scope">What else keeps groups apart: host and boot.</param>
/// <param name="Event">The event that completes it.</param>
/// <param name="Start">First event of the chain with the latest start.</param>
internal sealed record OracleFiring(string Rule, string Group, string Scope, HostEvent Event, HostEvent Start);
