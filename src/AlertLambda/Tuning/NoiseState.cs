namespace AlertLambda.Tuning;

/// <summary>What <see cref="NoiseGate"/> remembers, as a part of <see cref="State.FunctionMemory"/>. Not thread-safe.</summary>
public sealed class NoiseState
{
    /// <summary>Most decisions that are remembered; the oldest goes first.</summary>
    public const int MostDecisions = 256;

    /// <summary>Begin of the stretch that is counted, Unix ms.</summary>
    public long BeginMs { get; set; }

    /// <summary>Incidents told in it, by rule id.</summary>
    public Dictionary<string, int> Told { get; init; } = [];

    /// <summary>What waits to be told in one message.</summary>
    public List<NoiseSum> Sums { get; init; } = [];

    /// <summary>
    /// Decisions by report (incident and change), oldest first: a report that comes again after a crash is decided as before.
    /// </summary>
    public List<KeyValuePair<string, NoiseDecision>> Decisions { get; init; } = [];
}
