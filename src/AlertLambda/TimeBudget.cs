namespace AlertLambda;

/// <summary>
/// The time an invocation may use. Lambda kills a function at its deadline without an answer, and then delivers the whole batch
/// again: better to stop in time and say where.
/// </summary>
public sealed class TimeBudget : IDisposable
{
    /// <summary>With less than this left, no further record is begun: what was evaluated has to be committed and published, too.</summary>
    public static readonly TimeSpan ToBegin = TimeSpan.FromSeconds(6);

    /// <summary>Kept back for the answer: calls in flight are cancelled when only this is left.</summary>
    public static readonly TimeSpan ToAnswer = TimeSpan.FromSeconds(1);

    // The longest that Lambda allows; also keeps a caller's "for ever" inside the range of a timer.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    private readonly Func<TimeSpan> _remaining;
    private readonly CancellationTokenSource _end = new();

    /// <summary>A budget that begins now.</summary>
    /// <param name="remaining">Time left until the deadline, asked again and again.</param>
    public TimeBudget(Func<TimeSpan> remaining)
    {
        ArgumentNullException.ThrowIfNull(remaining);
        _remaining = remaining;
        var left = remaining() - ToAnswer;
        _end.CancelAfter(left <= TimeSpan.Zero ? TimeSpan.Zero : left < Longest ? left : Longest);
    }

    /// <summary>True when no further record may be begun.</summary>
    public bool IsSpent => _remaining() < ToBegin;

    /// <summary>Cancelled shortly before the deadline.</summary>
    public CancellationToken Token => _end.Token;

    /// <inheritdoc/>
    public void Dispose() => _end.Dispose();
}
