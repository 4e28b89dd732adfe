using Wire.Model;

namespace EdgeAgent.Batching;

/// <summary>
/// Accounts for every sequence number of one lane. Records come nearly in order (two CPUs may swap); a number that stays missing
/// while the kernel has given later ones is declared lost.
/// </summary>
/// <remarks>One thread only.</remarks>
/// <param name="last">The last number given before the first record.</param>
/// <param name="time">Clock for the grace period.</param>
internal sealed class SequenceLedger(ulong last, TimeProvider time)
{
    /// <summary>
    /// How long a missing number may still arrive. Number and ring space are taken a few instructions apart on one CPU; only an
    /// interrupt or a stolen virtual CPU comes between.
    /// </summary>
    internal static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(50);

    // Marks are set at most this often: their number stays small, and a number waits hardly longer than the grace.
    private static readonly TimeSpan MarkEvery = Grace / 8;

    private readonly SortedSet<ulong> _ahead = [];
    private readonly Queue<(ulong Given, long At)> _marks = new();
    private ulong _given = last;
    private ulong _marked = last;
    private ulong _overdue = last;
    private long _markedAt;

    /// <summary>Every number up to here is an event, filtered, or lost.</summary>
    internal ulong Accounted { get; private set; } = last;

    /// <summary>The highest number that was seen or given.</summary>
    internal ulong Given => _given;

    /// <summary>A record with that number was seen.</summary>
    /// <returns>False when it was already accounted for: declared lost, and came after all.</returns>
    internal bool Observe(ulong sequence)
    {
        _given = Math.Max(_given, sequence);
        if (sequence <= Accounted)
        {
            return false;
        }

        if (sequence > Accounted + 1)
        {
            _ahead.Add(sequence);
            return true;
        }

        Accounted = sequence;
        TakeAhead();
        return true;
    }

    /// <summary>The kernel says that it has given all numbers up to this one.</summary>
    internal void KernelGave(ulong sequence) => _given = Math.Max(_given, sequence);

    /// <summary>Declares numbers lost that have been missing for longer than <see cref="Grace"/>, or at once when nothing more can come.</summary>
    /// <param name="final">True when the rings are drained and the probes detached.</param>
    internal IReadOnlyList<SequenceRange> DeclareLost(bool final)
    {
        PassMarks();
        List<SequenceRange>? lost = null;
        for (var end = final ? _given : _overdue; Accounted < end; TakeAhead())
        {
            var missing = Accounted + 1;
            Accounted = _ahead.Count > 0 ? Math.Min(_ahead.Min - 1, end) : end;
            (lost ??= []).Add(new SequenceRange(missing, Accounted));
        }

        return lost ?? (IReadOnlyList<SequenceRange>)[];
    }

    /// <summary>A mark says up to which number the kernel had given at a time. All that is below one of the grace's age is overdue.</summary>
    /// <remarks>One clock for all numbers, not one for each hole: a flood leaves thousands of holes a second.</remarks>
    private void PassMarks()
    {
        var now = time.GetTimestamp();
        if (_given > _marked && (_marks.Count == 0 || time.GetElapsedTime(_markedAt, now) >= MarkEvery))
        {
            _marks.Enqueue((_given, now));
            _marked = _given;
            _markedAt = now;
        }

        while (_marks.TryPeek(out var mark) && time.GetElapsedTime(mark.At, now) >= Grace)
        {
            _overdue = _marks.Dequeue().Given;
        }
    }

    private void TakeAhead()
    {
        while (_ahead.Count > 0 && _ahead.Min == Accounted + 1)
        {
            Accounted++;
            _ahead.Remove(Accounted);
        }
    }
}
