using Wire.Model;

namespace Detection.Tests.Oracle;

/// <summary>What is given to the engine at once: an event or a frame.</summary>
/// <param name="OldestNs">Time from which on it says something.</param>
/// <param name="NewestNs">Its latest event.</param>
/// <param name="Event">The event, else null.</param>
/// <param name="Frame">The frame, else null.</param>
internal sealed record Parcel(long OldestNs, long NewestNs, HostEvent? Event, Frame? Frame);
