namespace EdgeAgent.SelfTest;

/// <summary>
/// Tells when the kernel left probes out: it does so while it has interrupted a run of the same probe on the same CPU. What happened there is
/// not reported and has no number, so nothing else tells. One thread only.
/// </summary>
/// <param name="count">How many runs were left out so far.</param>
/// <param name="interval">Time between two looks.</param>
/// <param name="time">The clock.</param>
/// <param name="report">Receives one line when there are more than at the last look.</param>
internal sealed class LeftOutRuns(Func<ulong> count, TimeSpan interval, TimeProvider time, Action<string> report)
{
    private long _lookedAt = time.GetTimestamp();
    private ulong _told;

    /// <summary>Looks when it is time. Called over and over.</summary>
    internal void Step()
    {
        if (time.GetElapsedTime(_lookedAt) < interval)
        {
            return;
        }

        _lookedAt = time.GetTimestamp();
        var now = count();
        if (now > _told)
        {
            report($"self-test: the kernel left out {now - _told} runs of the probes, which it had interrupted on the same CPU; events may be missing");
        }

        _told = now;
    }
}
