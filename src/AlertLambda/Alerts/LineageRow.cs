using Wire.Model;

namespace AlertLambda.Alerts;

/// <summary>One line of the process chain.</summary>
/// <param name="Depth">Generations below the oldest process shown, from 0.</param>
/// <param name="Process">The process; null where generations were left out or are not known.</param>
/// <param name="LeftOut">Number of generations left out here; 0 = not known how many.</param>
/// <param name="Host">Host, on the first line of each host.</param>
/// <param name="Witnesses">Numbers (from 1) of the witnesses that this process is the actor of.</param>
public sealed record LineageRow(int Depth, ProcessNode? Process, int LeftOut, HostIdentity? Host, IReadOnlyList<int> Witnesses);
