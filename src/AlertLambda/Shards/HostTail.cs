using AlertLambda.Intake;

namespace AlertLambda.Shards;

/// <summary>The records of one host that its item does not hold. Not thread-safe.</summary>
/// <param name="shard">Where they came from.</param>
/// <param name="sinceMs">Since when the oldest waits, ms since 1970 UTC.</param>
/// <param name="begin">How far the shard was taken before the first of them, as <see cref="ShardTail.BatchBegin"/>.</param>
internal sealed class HostTail(ShardName shard, long sinceMs, long begin)
{
    // What a record takes beside its bytes.
    private const int Overhead = 128;

    private readonly List<StreamRecord> _records = [];
    private int _uncommitted;

    internal ShardName Shard => shard;

    internal long SinceMs => sinceMs;

    internal long Begin => begin;

    /// <summary>What they take in memory.</summary>
    internal long Bytes { get; private set; }

    /// <summary>How many of them, from the first on, memory holds.</summary>
    internal int Evaluated { get; private set; }

    /// <summary>Whether the next commit has to write the item.</summary>
    internal bool IsForced { get; set; }

    internal bool IsEmpty => _records.Count == 0;

    internal string FirstNumber => _records[0].SequenceNumber!;

    /// <summary>When the stream got the last of them, ms since 1970 UTC.</summary>
    internal long HeardMs => _records[^1].ArrivedAt?.ToUnixTimeMilliseconds() ?? sinceMs;

    /// <summary>Those that memory does not hold.</summary>
    internal IEnumerable<StreamRecord> Open => _records.Skip(Evaluated);

    /// <summary>One that was read from the stream and is to be evaluated.</summary>
    internal void AddRead(StreamRecord record)
    {
        _records.Add(record);
        Bytes += SizeOf(record);
    }

    /// <summary>One that is evaluated now, after all others; one that is there already changes nothing.</summary>
    internal void Add(StreamRecord record)
    {
        if (_records.Count > 0 && SequenceNumber.IsUpTo(record.SequenceNumber, _records[^1].SequenceNumber))
        {
            return;
        }

        AddRead(record);
        Evaluated++;
        _uncommitted++;
    }

    /// <summary>The next of those that memory did not hold is evaluated now.</summary>
    internal void NoteEvaluated() => Evaluated++;

    /// <summary>Memory holds none of them any more.</summary>
    internal void NoteForgotten() => Evaluated = 0;

    /// <summary>What was added since the last commit is committed, or did not happen.</summary>
    internal void EndRound(bool committed)
    {
        if (!committed)
        {
            Remove(_records.Count - _uncommitted, _uncommitted);
            Evaluated = Math.Min(Evaluated, _records.Count);
        }

        _uncommitted = 0;
    }

    /// <summary>The item holds all that memory holds.</summary>
    internal void NoteWritten()
    {
        Remove(0, Evaluated);
        (Evaluated, _uncommitted, IsForced) = (0, 0, false);
    }

    private void Remove(int at, int count)
    {
        Bytes -= _records.Skip(at).Take(count).Sum(SizeOf);
        _records.RemoveRange(at, count);
    }

    private static long SizeOf(StreamRecord record) => record.Data.Length + Overhead;
}
