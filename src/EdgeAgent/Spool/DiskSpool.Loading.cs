using Wire.Model;

namespace EdgeAgent.Spool;

/// <content>What earlier lives left.</content>
internal sealed partial class DiskSpool
{
    private readonly List<(Segment Segment, Damage Damage)> _damages = [];
    private readonly List<(Segment Segment, long At)> _torn = [];
    private Action<IReadOnlyList<StoredBatch>, DeliveryCursor> _take = (_, _) => { };
    private long _nextNumber;
    private bool _isOpen;

    /// <summary>Reads what is there, before anything is shipped. A disk that refuses is tried again later.</summary>
    /// <param name="take">Receives the batches that were not delivered, oldest life first, each lane in order.</param>
    internal void Start(Action<IReadOnlyList<StoredBatch>, DeliveryCursor> take)
    {
        _take = take;
        Step(final: false);
    }

    private void Load()
    {
        _lock ??= SpoolLock.Take(_folder);
        if (_cursor is not null)
        {
            return;
        }

        var cursor = new DeliveryCursor(Path.Combine(_folder, "cursor"));
        var found = new Dictionary<(ulong Life, ulong Id), StoredBatch>();
        var segments = Segment.Find(_folder).ToList();
        var latest = cursor.LatestLife;
        foreach (var segment in segments)
        {
            var scan = Scan(segment);
            foreach (var (header, offset, isIntact) in scan.Records)
            {
                var facts = header.Facts;
                latest = Math.Max(latest, facts.Life);
                var isNeeded = cursor.Of(facts.Lane) is not { } to || !to.Covers(facts);
                if (isNeeded && (isIntact || !found.ContainsKey((facts.Life, facts.Id))))
                {
                    found[(facts.Life, facts.Id)] = new StoredBatch(facts, new RecordPlace(segment, offset, isIntact));
                }
            }
        }

        LeaveOutTold(found, cursor);
        foreach (var batch in found.Values)
        {
            batch.Place.Segment.Waiting++;
        }

        lock (_state)
        {
            _done.UnionWith(segments.Where(segment => segment.Waiting == 0));
        }

        _nextNumber = segments.Select(segment => segment.Number).DefaultIfEmpty().Max() + 1;
        _life = latest + 1;
        _cursor = cursor;
        var waiting = found.OrderBy(batch => batch.Key).Select(batch => batch.Value).ToList();
        _take(waiting, cursor);
        if (waiting.Count > 0)
        {
            _report($"{Name}: {waiting.Count} frames with {waiting.Sum(batch => (long)batch.Facts.EventCount)} events are left from before");
        }
    }

    /// <summary>
    /// What stood in its lane before the batch under way was dropped: that batch tells it, and the sink may have it. So it does not come again. A
    /// batch that came late tells nothing but itself.
    /// </summary>
    private static void LeaveOutTold(Dictionary<(ulong Life, ulong Id), StoredBatch> found, DeliveryCursor cursor)
    {
        if (cursor.UnderWay is not { } key || !found.TryGetValue(key, out var underWay) || !underWay.Place.IsIntact
            || underWay.Facts.IsRepeat)
        {
            return;
        }

        foreach (var told in found.Values.Where(
            batch => batch.Facts.Life == key.Life && batch.Facts.Lane == underWay.Facts.Lane && batch.Facts.Id < key.Id).ToList())
        {
            found.Remove((told.Facts.Life, told.Facts.Id));
        }
    }

    /// <summary>A file that cannot be read must not keep the others from being used: it stays, for a person to look at.</summary>
    private SegmentScan Scan(Segment segment)
    {
        try
        {
            var scan = SegmentScan.Of(segment);
            _damages.AddRange(scan.Damages.Select(damage => (segment, damage)));
            if (scan.TornAt is { } at)
            {
                _torn.Add((segment, at));
            }

            return scan;
        }
        catch (IOException e)
        {
            Interlocked.Increment(ref _damaged);
            segment.Waiting++;
            _report($"{Name}: {segment.Path} cannot be read ({e.Message}); its events are counted as lost");
            return new SegmentScan([], [], null);
        }
    }

    private void OpenForWriting()
    {
        if (_isOpen)
        {
            return;
        }

        _cursor!.Open(_life);
        foreach (var (segment, at) in _torn)
        {
            segment.Cut(at);
        }

        _torn.Clear();
        KeepAside();
        _isOpen = true;
    }

    private void KeepAside()
    {
        var quarantine = new Quarantine(_folder);
        var kept = 0;
        foreach (var (segment, damage) in _damages)
        {
            try
            {
                kept += quarantine.Keep(segment, damage) ? 1 : 0;
            }
            catch (IOException e)
            {
                Interlocked.Increment(ref _damaged);
                _report($"{Name}: {damage.Length} bytes of {segment.Path} are damaged, and cannot be kept aside ({e.Message}); the events are counted as lost");
            }
        }

        _damages.Clear();
        Interlocked.Add(ref _damaged, kept);
        if (kept > 0)
        {
            _report($"{Name}: {kept} places were damaged; what stood there is kept beside them (*.damaged), and the events are counted as lost");
        }
    }
}
