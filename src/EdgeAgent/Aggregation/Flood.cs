namespace EdgeAgent.Aggregation;

/// <summary>Records of one process that are alike. One thread only.</summary>
internal sealed class Flood
{
    /// <summary>Time in which the limit counts, ns.</summary>
    private const ulong Second = 1_000_000_000;

    private byte[] _record = [];
    private int _length;
    private ulong _secondBegan;
    private int _told;
    private ulong _firstBootNs;

    /// <summary>Of the records that it is about; 0 = it is about none.</summary>
    internal ulong Hash { get; private set; }

    /// <summary>Records that are counted and not told yet, the latest of them included.</summary>
    internal uint Counted { get; private set; }

    /// <summary>The latest record.</summary>
    internal ReadOnlySpan<byte> Latest => _record.AsSpan(0, _length);

    /// <summary>Stamp of the latest record, ns since boot.</summary>
    internal ulong LatestBootNs { get; private set; }

    /// <summary>Time from the first counted record to the latest, ns.</summary>
    internal ulong SpanNs => LatestBootNs - Math.Min(LatestBootNs, _firstBootNs);

    /// <summary>True when one of them turned out to be of high value: then each is told.</summary>
    internal bool IsExempt { get; set; }

    /// <summary>Begins with a record that is like none before.</summary>
    internal void Begin(ulong hash, ReadOnlySpan<byte> record, ulong bootNs)
    {
        (Hash, Counted, IsExempt) = (hash, 0, false);
        (_secondBegan, _told, LatestBootNs) = (bootNs, 1, bootNs);
        Keep(record);
    }

    /// <summary>True when the record is like those before.</summary>
    internal bool Fits(ulong hash, ReadOnlySpan<byte> record) => hash == Hash && Likeness.AreAlike(record, Latest);

    /// <summary>One more record. While some are counted the next ones are, too, so that their order stays.</summary>
    /// <returns>True when it is counted; false when it is to be told.</returns>
    internal bool Counts(ReadOnlySpan<byte> record, ulong bootNs, int limit)
    {
        if (Counted == 0 && bootNs - Math.Min(bootNs, _secondBegan) >= Second)
        {
            (_secondBegan, _told) = (bootNs, 0);
        }

        LatestBootNs = Math.Max(LatestBootNs, bootNs);
        if (IsExempt || Counted == uint.MaxValue || (Counted == 0 && _told < limit))
        {
            _told++;
            return false;
        }

        _firstBootNs = Counted == 0 ? bootNs : Math.Min(_firstBootNs, bootNs);
        Counted++;
        Keep(record);
        return true;
    }

    /// <summary>What was counted is told.</summary>
    internal void Tell() => Counted = 0;

    private void Keep(ReadOnlySpan<byte> record)
    {
        if (_record.Length < record.Length)
        {
            _record = new byte[record.Length];
        }

        record.CopyTo(_record);
        _length = record.Length;
    }
}
