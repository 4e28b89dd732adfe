using Wire.Model;

namespace AlertLambda.Findings;

/// <content>What agents say of themselves, and clocks.</content>
public sealed partial class HostWatch
{
    /// <summary>How far a host's clock may be ahead of the stream's, and how far it may be set.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);

    private const long MsNs = 1_000_000;

    private void LookAtLosses(Frame frame, long nowMs)
    {
        if (frame.Lost.Count == 0)
        {
            return;
        }

        var causes = frame.Lost.GroupBy(lost => lost.Cause)
            .Select(lost => $"{Times.Count(lost.Aggregate(0ul, (sum, one) => sum + one.Range.Count))} ({CauseOf(lost.Key)})");
        _log.Note(FindingKind.AgentDegraded, frame.Host, nowMs, [new FindingFact($"Events lost in lane {frame.Lane}", string.Join(", ", causes))]);
    }

    private void LookAtHeartbeat(Frame frame, long nowMs)
    {
        // They may come late, after newer ones: those have said more.
        if (frame.Heartbeat is not { } heartbeat
            || (state.Agent is { } newest && newest.Boot == frame.Host.BootId && newest.TakenBootNs >= heartbeat.TakenBootNs))
        {
            return;
        }

        var note = AgentNote.Of(frame.Host.BootId, heartbeat);
        var before = state.Agent is { } last && last.IsSameLife(note) ? last : new AgentNote();
        state.Agent = note;
        var facts = Problems(heartbeat, note, before).ToList();
        if (facts.Count > 0)
        {
            _log.Note(FindingKind.AgentDegraded, frame.Host, nowMs, facts);
        }
    }

    private static IEnumerable<FindingFact> Problems(Heartbeat heartbeat, AgentNote note, AgentNote before)
    {
        foreach (var signal in heartbeat.Signals.Where(signal => signal.Trust is HookTrust.Silent or HookTrust.Partial))
        {
            yield return new FindingFact(
                $"Probe {(signal.Trust == HookTrust.Silent ? "silent" : "silent in part")}", $"{signal.Signal} ({signal.Backend})");
        }

        foreach (var sink in heartbeat.Sinks.Where(sink => sink.Spool == SpoolState.Memory))
        {
            yield return new FindingFact("Spool", $"{sink.Name}: the disk refuses, what waits is in memory and is lost with the agent");
        }

        if (note.Unparsed > before.Unparsed)
        {
            yield return new FindingFact("Records not understood", Times.Count(note.Unparsed - before.Unparsed));
        }

        if (note.Evicted > before.Evicted)
        {
            yield return new FindingFact("Processes or files forgotten for lack of room", Times.Count(note.Evicted - before.Evicted));
        }
    }

    private void LookAtClock(Frame frame, long nowMs, bool isStreamTime)
    {
        var skewNs = (long)Skew.TotalMilliseconds * MsNs;
        var set = state.Boot == frame.Host.BootId ? frame.BootTimeUnixNs - state.BootTimeUnixNs : 0;
        (state.Boot, state.BootTimeUnixNs) = (frame.Host.BootId, frame.BootTimeUnixNs);
        if (Math.Abs(set) > skewNs)
        {
            _log.Note(FindingKind.ClockSkew, frame.Host, nowMs, [new FindingFact("The clock was set", Times.Signed(set / MsNs))]);
        }

        var newestNs = frame.Events.Count > 0 ? frame.Events.Max(e => e.TimeNs)
            : frame.Heartbeat is { } heartbeat ? frame.BootTimeUnixNs + (long)heartbeat.TakenBootNs : long.MinValue;
        if (isStreamTime && newestNs > long.MinValue && newestNs / MsNs - nowMs is var aheadMs && aheadMs > Skew.TotalMilliseconds)
        {
            _log.Note(FindingKind.ClockSkew, frame.Host, nowMs, [new FindingFact("The clock is ahead by", Times.Signed(aheadMs))]);
        }
    }

    private static string CauseOf(LossCause cause) => cause switch
    {
        LossCause.Kernel => "the ring was full",
        LossCause.Spool => "the spool was full, damaged or refused",
        LossCause.Unparsed => "the agent did not understand them",
        _ => "no cause said",
    };
}
