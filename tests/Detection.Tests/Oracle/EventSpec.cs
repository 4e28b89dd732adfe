namespace Detection.Tests.Oracle;

/// <summary>An event as the generator draws it: small numbers, so that collisions of every kind are common.</summary>
/// <param name="Host">0 or 1.</param>
/// <param name="Lane">0 or 1.</param>
/// <param name="Tick">Time in steps of a fifth of the timespan.</param>
/// <param name="Jitter">-1, 0 or 1 ns.</param>
/// <param name="Letters">Rules that match, as letters.</param>
/// <param name="Process">Index into the tree of processes.</param>
/// <param name="Session">0 audit session, 1 leader only, 2 unknown, 3 another audit session.</param>
/// <param name="User">0 unknown, 1 or 2.</param>
internal sealed record EventSpec(int Host, int Lane, int Tick, int Jitter, string Letters, int Process, int Session, int User);
