using Detection.Correlation.Telemetry;

namespace Detection.Correlation;

/// <summary>What correlations over several hosts have to know of one host, wherever its own memory is. Immutable.</summary>
/// <param name="Losses">When it lost events.</param>
/// <param name="DueNs">Up to before this time (ns) its own correlations have told all their firings; the end of time when none waits.</param>
internal sealed record HostMark(LossSpan[] Losses, long DueNs)
{
    /// <summary>Says nothing.</summary>
    public static readonly HostMark None = new([], long.MaxValue);

    /// <summary>Losses of a host that are kept apart; the older ones count as one.</summary>
    private const int MostLosses = 64;

    /// <summary>True when it says nothing.</summary>
    public bool IsEmpty => Losses.Length == 0 && DueNs == long.MaxValue;

    /// <summary>A mark of at most so many losses as are kept, in an order of their own.</summary>
    public static HostMark Of(IEnumerable<LossSpan> losses, long dueNs)
    {
        LossSpan[] ordered = [.. losses.Distinct().OrderByDescending(loss => loss.EndNs).ThenBy(loss => loss.StartNs).ThenBy(loss => loss.AfterNs)];
        if (ordered.Length > MostLosses)
        {
            var older = ordered.AsSpan(MostLosses - 1).ToArray();
            ordered = [.. ordered[..(MostLosses - 1)], new LossSpan(older.Min(loss => loss.StartNs), Segment.NoTime, older.Max(loss => loss.EndNs))];
        }

        return new HostMark(ordered, dueNs);
    }

    /// <summary>Without the losses that ended before a time.</summary>
    public HostMark From(long neededNs) =>
        Array.Exists(Losses, loss => loss.EndNs < neededNs) ? this with { Losses = Array.FindAll(Losses, loss => loss.EndNs >= neededNs) } : this;

    public bool Equals(HostMark? other) => other is not null && DueNs == other.DueNs && Losses.AsSpan().SequenceEqual(other.Losses);

    public override int GetHashCode() => HashCode.Combine(Losses.Length, DueNs);
}
