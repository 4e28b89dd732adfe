using AlertLambda.Alerts;
using Detection.Findings;
using Detection.Tuning;

namespace AlertLambda.Tuning;

/// <summary>
/// Decides which incidents people are told one by one. What goes beyond the bounds, or falls into a maintenance window, is summed up in one message
/// for each rule: nothing is dropped.
/// </summary>
/// <remarks>
/// Pure but for its state: equal reports at equal times give equal decisions. Of each rule at least one incident is told in a stretch,
/// whatever others do: nobody can hide behind a flood of something else. Not thread-safe.
/// </remarks>
/// <param name="plan">Bounds and windows.</param>
/// <param name="state">What is remembered; changed by each decision.</param>
public sealed class NoiseGate(TuningPlan plan, NoiseState state)
{
    private const long MsNs = 1_000_000;

    // 64 bits of an incident's id tell a few hundred apart.
    private const int IdLength = 16;

    /// <summary>What is remembered.</summary>
    public NoiseState State => state;

    /// <summary>Decides about a report.</summary>
    /// <param name="notice">What opened, escalated or closed.</param>
    /// <param name="now">The time.</param>
    public NoiseDecision Decide(Notice notice, DateTimeOffset now) => Decide(notice, now, out _);

    /// <summary>The same.</summary>
    /// <param name="notice">What opened, escalated or closed.</param>
    /// <param name="now">The time.</param>
    /// <param name="isNew">True when it was decided now and changed what is remembered.</param>
    public NoiseDecision Decide(Notice notice, DateTimeOffset now, out bool isNew)
    {
        ArgumentNullException.ThrowIfNull(notice);
        var report = ReportOf(notice.Id, notice.Change);
        isNew = false;
        if (Known(report) is { } known)
        {
            return known;
        }

        isNew = true;

        var decision = notice.Change == IncidentChange.Closed ? Closing(notice) : Opening(notice, now.ToUnixTimeMilliseconds());
        state.Decisions.Add(new(report, decision));
        if (state.Decisions.Count > NoiseState.MostDecisions)
        {
            state.Decisions.RemoveAt(0);
        }

        return decision;
    }

    /// <summary>Takes out what is to be told by now.</summary>
    public IReadOnlyList<NoiseSum> TakeDue(DateTimeOffset now)
    {
        var nowMs = now.ToUnixTimeMilliseconds();
        var due = state.Sums.Where(sum => sum.DueMs <= nowMs).ToList();
        state.Sums.RemoveAll(due.Contains);
        return due;
    }

    // What closes with more firings than people know of is news, unless they were never told that it opened.
    private NoiseDecision Closing(Notice notice) =>
        notice.HasGrown && Known(ReportOf(notice.Id, IncidentChange.Opened)) != NoiseDecision.SumUp ? NoiseDecision.Tell : NoiseDecision.Nothing;

    private NoiseDecision Opening(Notice notice, long nowMs)
    {
        if (notice.Host is { } host && plan.WindowOf(notice.Rule, host.HostId, host.HostName, notice.LastNs) is { } window)
        {
            // A late report may come when the window is over: then it waits for its like a moment, not for ever.
            SumUp(notice, window.Reason, Math.Max(window.ToNs / MsNs, nowMs + LengthMs));
            return NoiseDecision.SumUp;
        }

        Roll(nowMs);
        var ofRule = state.Told.GetValueOrDefault(notice.Rule.Id);
        if (ofRule > 0 && (ofRule >= plan.Rates.PerRule || state.Told.Values.Sum() >= plan.Rates.InAll))
        {
            SumUp(notice, "", state.BeginMs + LengthMs);
            return NoiseDecision.SumUp;
        }

        state.Told[notice.Rule.Id] = ofRule + 1;
        return NoiseDecision.Tell;
    }

    private long LengthMs => plan.Rates.WindowNs / MsNs;

    // A clock that went back begins a new stretch, too.
    private void Roll(long nowMs)
    {
        if (nowMs >= state.BeginMs + LengthMs || nowMs < state.BeginMs)
        {
            state.BeginMs = nowMs;
            state.Told.Clear();
        }
    }

    private void SumUp(Notice notice, string maintenance, long dueMs)
    {
        var sum = state.Sums.Find(known => known.Rule == notice.Rule.Id && known.Maintenance == maintenance);
        if (sum is null)
        {
            sum = new NoiseSum
            {
                Rule = notice.Rule.Id,
                Title = Phrases.Title(notice.Rule),
                Level = notice.Rule.Level,
                Maintenance = maintenance,
                DueMs = dueMs,
            };
            state.Sums.Add(sum);
        }

        sum.Add(notice);
    }

    private NoiseDecision? Known(string report)
    {
        var at = state.Decisions.FindLastIndex(entry => entry.Key == report);
        return at < 0 ? null : state.Decisions[at].Value;
    }

    private static string ReportOf(string incident, IncidentChange change) => $"{incident[..Math.Min(incident.Length, IdLength)]}/{(int)change}";
}
