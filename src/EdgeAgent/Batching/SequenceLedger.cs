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

    private readonly SortedSet<ulong> _ahead = [];
    private ulong _given = last;
    private long _holeSince;
    private ulong _hole;

    /// <summary>Every number up to here is an event, filtered, or lost.</summary>
    internal ulong Accounted { get; private set; } = last;

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
        List<SequenceRange>? lost = null;
        while (Accounted < _given)
        {
            var missing = Accounted + 1;
            if (_hole != missing)
            {
                _hole = missing;
                _holeSince = time.GetTimestamp();
            }

            if (!final && time.GetElapsedTime(_holeSince) < Grace)
            {
                break;
            }

            // Everything after the hole was given no later than the kernel's answer: it is as old as the hole or older than the grace.
            var end = _ahead.Count > 0 ? _ahead.Min - 1 : _given;
            (lost ??= []).Add(new SequenceRange(missing, end));
            Accounted = end;
            TakeAhead();
        }

        return lost ?? (IReadOnlyList<SequenceRange>)[];
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
