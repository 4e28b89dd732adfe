using AlertLambda.Delivery;
using Detection;
using Wire.Model;

namespace AlertLambda;

/// <summary>What one invocation did. Not thread-safe.</summary>
public sealed class BatchCounters
{
    /// <summary>Records finished: decoded, evaluated and all alerts published or set aside, or kept in quarantine.</summary>
    public int Records { get; set; }

    /// <summary>Records that were frames.</summary>
    public int Frames { get; set; }

    /// <summary>Events in these frames, duplicates included, unknown kinds not.</summary>
    public long Events { get; set; }

    /// <summary>Of these, events that were seen before and changed nothing.</summary>
    public long Duplicates { get; set; }

    /// <summary>Events in these frames of kinds that this version does not know: stepped over. Update the function.</summary>
    public long UnknownEvents { get; set; }

    /// <summary>What the engine's bounds pushed out while it could still have been needed: verdicts may be missing.</summary>
    public long Evicted { get; set; }

    /// <summary>Events that came after a later one of their host, and of these, those beyond the lateness bound.</summary>
    public long Late { get; set; }

    /// <inheritdoc cref="Late"/>
    public long BeyondLateness { get; set; }

    /// <summary>Verdicts that could not be given because events were missing.</summary>
    public long UnknownVerdicts { get; set; }

    /// <summary>Matches that a correlation left out because a group-by field or a value is missing.</summary>
    public long MissingGroupFields { get; set; }

    /// <summary>Events that the frames report as lost on the host.</summary>
    public ulong LostOnHost { get; set; }

    /// <summary>Times that rules fired, be it that nothing is told because of it.</summary>
    public long Firings { get; set; }

    /// <summary>Gaps in the telemetry of hosts that were found: told once for a host until it is over.</summary>
    public int Gaps { get; set; }

    /// <summary>Incidents that opened.</summary>
    public int Incidents { get; set; }

    /// <summary>Messages published; an incident has one per medium.</summary>
    public int Published { get; set; }

    /// <summary>Records that are not frames.</summary>
    public int Undecodable { get; set; }

    /// <summary>Records at which the function itself failed: a bug. What was found before the failure is alerted.</summary>
    public int Faults { get; set; }

    /// <summary>Of both, how many are kept in quarantine.</summary>
    public int Quarantined { get; set; }

    /// <summary>Messages that were refused in this invocation: they wait for a person's repair, and the sweep tries them again.</summary>
    public int AlertsRefused { get; set; }

    /// <summary>Unsent messages that had to make room for newer ones: never published.</summary>
    public int AlertsDropped { get; set; }

    /// <summary>Items of the store that were read, and that were written.</summary>
    public int ItemsLoaded { get; set; }

    /// <inheritdoc cref="ItemsLoaded"/>
    public int ItemsWritten { get; set; }

    /// <summary>Bytes of memory and messages that were written.</summary>
    public long StateBytes { get; set; }

    /// <summary>Writes that another process came before: what they were for was loaded and evaluated again.</summary>
    public int Conflicts { get; set; }

    /// <summary>Times that the store did not answer, or refused.</summary>
    public int StoreFailures { get; set; }

    /// <summary>Records that were read from the stream again, because this process did not remember what they did.</summary>
    public int Replayed { get; set; }

    /// <summary>Times that the stream did not have all of them any more: what they did to the memory of their hosts is lost.</summary>
    public int ReplayFaults { get; set; }

    /// <summary>Items that could not be read, and began anew.</summary>
    public int ItemsDamaged { get; set; }

    /// <summary>Attempts to publish that failed and will pass by themselves.</summary>
    public int PublishFailedTransient { get; private set; }

    /// <summary>Attempts to publish that a person must repair.</summary>
    public int PublishFailedPermanent { get; private set; }

    /// <summary>Counts what an engine did.</summary>
    /// <param name="engine">Its counters, which go on growing.</param>
    /// <param name="sign">-1 before it works, 1 after.</param>
    public void Add(DetectionCounters engine, int sign)
    {
        ArgumentNullException.ThrowIfNull(engine);
        Duplicates += sign * engine.Duplicates;
        Evicted += sign * engine.Evicted;
        Late += sign * engine.LateEvents;
        BeyondLateness += sign * engine.BeyondLateness;
        UnknownVerdicts += sign * engine.UnknownVerdicts;
        MissingGroupFields += sign * engine.MissingGroupFields;
        Firings += sign * engine.Firings;
    }

    /// <summary>Counts a frame's contents.</summary>
    public void Add(Frame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        Frames++;
        Events += frame.Events.Count;
        UnknownEvents += frame.UnknownEvents;
        LostOnHost += frame.Lost.Aggregate(0ul, (sum, lost) => sum + lost.Range.Count);
    }

    /// <summary>Counts what was found in a frame.</summary>
    /// <param name="evaluation">Only what <see cref="Add(DetectionCounters, int)"/> counts is taken, and gaps.</param>
    public void AddEvaluation(BatchCounters evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        Duplicates += evaluation.Duplicates;
        Evicted += evaluation.Evicted;
        Late += evaluation.Late;
        BeyondLateness += evaluation.BeyondLateness;
        UnknownVerdicts += evaluation.UnknownVerdicts;
        MissingGroupFields += evaluation.MissingGroupFields;
        Firings += evaluation.Firings;
        Gaps += evaluation.Gaps;
    }

    /// <summary>Counts a failed attempt.</summary>
    public void CountFailure(PublishStatus status)
    {
        if (status == PublishStatus.Permanent)
        {
            PublishFailedPermanent++;
        }
        else
        {
            PublishFailedTransient++;
        }
    }
}
