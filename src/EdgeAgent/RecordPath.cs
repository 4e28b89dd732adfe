using EdgeAgent.Aggregation;
using EdgeAgent.Batching;
using EdgeAgent.Enrichment;
using EdgeAgent.Filtering;
using EdgeAgent.Parsing;
using Wire.Model;

namespace EdgeAgent;

/// <summary>
/// The middle of the way, record by record: aggregation → parsing → enrichment → filtering → batching, and out of it as frames.
/// <see cref="AgentPipeline"/> joins it with the rings and the sinks. One thread only.
/// </summary>
/// <remarks>
/// An event lives from its record to its frame and is used again then: nothing is allocated for one that tells of nothing new
/// (<c>docs/decisions/0015-events-used-again.md</c>).
/// </remarks>
/// <param name="floods">Finds what is alike.</param>
/// <param name="enricher">Makes events.</param>
/// <param name="events">Where it has them from.</param>
/// <param name="lanes">The batchers, by lane.</param>
/// <param name="isOurs">True for events of the agent's own doing, which are not told.</param>
/// <param name="counters">Counts.</param>
/// <param name="report">Takes records that cannot be parsed.</param>
internal sealed class RecordPath(
    FloodTable floods, Enricher enricher, EventPool events, IReadOnlyList<LaneBatcher> lanes, Func<HostEvent, bool> isOurs, AgentCounters counters,
    Action<string> report)
{
    private readonly RecordParser _parser = new();
    private readonly LaneBatcher _high = lanes[(int)Lane.High];
    private readonly LaneBatcher _bulk = lanes[(int)Lane.Bulk];
    private Action? _tellFloods;

    /// <summary>What leaves the host.</summary>
    internal required EventFilter Filter { get; set; }

    /// <summary>Takes one record as far as its lane's batcher.</summary>
    internal void Take(ReadOnlySpan<byte> record)
    {
        Flood? flood = null;
        if (RecordParser.TryReadNumber(record, out var lane, out var sequence) && !Of(lane).HasLeft(sequence) && !Of(lane).IsOfLifeBefore(sequence) && floods.Counts(record, out flood))
        {
            Of(lane).Hold(sequence);
            return;
        }

        var fault = _parser.Parse(record, out var parsed);
        if (fault != ParseFault.None)
        {
            // Each such record is shown and its number told as lost: none is counted as one of many.
            if (flood is not null)
            {
                flood.IsExempt = true;
            }

            Reject(record, fault);
            return;
        }

        var e = enricher.Enrich(parsed!);
        if (Of(e.Lane).IsOfLifeBefore(e.Sequence))
        {
            events.GiveBack(e);
            return;
        }

        Exempt(flood, e);
        counters.Seen++;
        if (!isOurs(e) && Filter.Passes(e))
        {
            Of(e.Lane).Add(e);
        }
        else
        {
            Of(e.Lane).Skip(e.Sequence);
            counters.Filtered++;
            events.GiveBack(e);
        }
    }

    /// <summary>The frames of a lane that are due.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="final">True when nothing more can come: everything is due.</param>
    /// <param name="flush">True when everything that can be accounted for is due.</param>
    /// <param name="take">Takes a frame, and keeps neither it nor its events: they are used again when it returns.</param>
    internal void TakeDue(Lane lane, bool final, bool flush, Action<Frame> take)
    {
        var batcher = Of(lane);
        var frames = batcher.TakeDue(final, _tellFloods ??= TellFloods, flush);
        for (var i = 0; i < frames.Count; i++)
        {
            take(frames[i]);
            for (var j = 0; j < frames[i].Events.Count; j++)
            {
                events.GiveBack(frames[i].Events[j]);
            }

            batcher.Reuse(frames[i]);
        }
    }

    /// <summary>Tells each flood by its latest event.</summary>
    private void TellFloods()
    {
        foreach (var flood in floods.Counting)
        {
            if (_parser.Parse(flood.Latest, out var parsed) != ParseFault.None)
            {
                counters.Unparsed += flood.Counted;
                continue;
            }

            (parsed!.Repeated, parsed.RepeatedNs) = (flood.Counted - 1, flood.SpanNs);
            var e = enricher.Enrich(parsed);
            Exempt(flood, e);
            counters.Seen += flood.Counted;
            if (Filter.Passes(e))
            {
                _bulk.AddHeld(e);
                counters.Repeated += flood.Counted - 1;
            }
            else
            {
                counters.Filtered += flood.Counted;
                events.GiveBack(e);
            }
        }

        floods.Tell();
    }

    /// <summary>That a name leads to something watched is known only when it was looked up: from then on, each event is told.</summary>
    private static void Exempt(Flood? flood, HostEvent e)
    {
        if (flood is not null && (e.Flags & EventFlags.Sensitive) != 0)
        {
            flood.IsExempt = true;
        }
    }

    /// <summary>A record that is not one: counted, shown in full, and its number listed as lost.</summary>
    private void Reject(ReadOnlySpan<byte> record, ParseFault fault)
    {
        counters.Unparsed++;
        report($"a kernel record cannot be parsed ({fault}): {Convert.ToHexString(record)}");
        if (RecordParser.TryReadNumber(record, out var lane, out var sequence) && !Of(lane).IsOfLifeBefore(sequence))
        {
            Of(lane).Lose(sequence, LossCause.Unparsed);
        }
    }

    private LaneBatcher Of(Lane lane) => lane == Lane.High ? _high : _bulk;
}
