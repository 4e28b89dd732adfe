using AlertLambda;

namespace LocalPipeline.Stream;

/// <summary>What the function did over all invocations. Not thread-safe.</summary>
internal sealed class StreamTotals
{
    internal long Records { get; private set; }

    internal long Events { get; private set; }

    internal long Duplicates { get; private set; }

    internal ulong LostOnHost { get; private set; }

    internal long Incidents { get; private set; }

    internal long Undecodable { get; private set; }

    internal void Add(BatchCounters batch)
    {
        Records += batch.Records;
        Events += batch.Events;
        Duplicates += batch.Duplicates;
        LostOnHost += batch.LostOnHost;
        Incidents += batch.Incidents;
        Undecodable += batch.Undecodable;
    }
}
