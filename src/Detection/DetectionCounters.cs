namespace Detection;

/// <summary>What an engine has done since it was made. Read it on the engine's thread.</summary>
public sealed class DetectionCounters
{
    /// <summary>Events given, duplicates included.</summary>
    public long Events { get; internal set; }

    /// <summary>Events whose identity was seen before; they changed nothing.</summary>
    public long Duplicates { get; internal set; }

    /// <summary>Events that came after a later one of the same host.</summary>
    public long LateEvents { get; internal set; }

    /// <summary>Late events older than the lateness bound: evaluated against what is still remembered.</summary>
    public long BeyondLateness { get; internal set; }

    /// <summary>Pairs of an event and a rule that matched it.</summary>
    public long Matches { get; internal set; }

    /// <summary>Times that a rule fired in a group, reported or not.</summary>
    public long Firings { get; internal set; }

    /// <summary>Incidents reported.</summary>
    public long Incidents { get; internal set; }

    /// <summary>Matches that a correlation left out because the event lacks a field of group-by, or the value to count.</summary>
    public long MissingGroupFields { get; internal set; }

    /// <summary>Remembered events that a bound pushed out although they could still have been needed.</summary>
    public long EvictedHits { get; internal set; }

    /// <summary>Occurrences for correlations over several hosts that came when what they belong to was forgotten; they may have been taken before, and are left out.</summary>
    public long ForgottenOccurrences { get; internal set; }

    /// <summary>Open incidents that a bound pushed out: reported as closed early, and their next firing as a new one.</summary>
    public long EvictedIncidents { get; internal set; }

    /// <summary>Hosts of which a bound pushed out all that was remembered.</summary>
    public long EvictedHosts { get; internal set; }

    /// <summary>All that bounds pushed out, of whatever kind.</summary>
    public long Evicted => EvictedHits + EvictedIncidents + EvictedRanges + EvictedHosts;

    /// <summary>Verdicts that could not be given because events were missing, and the condition did not hold without them.</summary>
    public long UnknownVerdicts { get; internal set; }

    /// <summary>Ranges of seen numbers that a bound pushed out: their events are no longer known as duplicates.</summary>
    public long EvictedRanges { get; internal set; }

    /// <summary>Remembered occurrences that correlations looked at: what their verdicts cost, whatever the machine does.</summary>
    internal long HitsLookedAt { get; set; }
}
