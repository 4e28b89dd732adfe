namespace EdgeAgent.Spool;

/// <summary>
/// Batches that wait, on disk. What is added is written at once and made durable together with what came with it; what cannot be written
/// stays in memory until it can. Adding, reading and the like is thread-safe and never waits for the disk; writing is done by <see cref="RunAsync"/>.
/// </summary>
/// <remarks>See <c>docs/decisions/0016-spool.md</c>.</remarks>
internal sealed partial class DiskSpool : IDisposable
{
    /// <summary>Longest time until the disk is asked to keep a high-value batch: with what the disk takes, 50 ms.</summary>
    internal static readonly TimeSpan HighDelay = TimeSpan.FromMilliseconds(40);

    /// <summary>The same for all others.</summary>
    internal static readonly TimeSpan BulkDelay = TimeSpan.FromSeconds(1);

    /// <summary>Time between two attempts on a disk that refuses.</summary>
    internal static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly Lock _state = new();
    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly Action<string> _report;

    // Not a Lock: nobody can wait for one to be pulsed.
    private readonly object _signal = new();
    private bool _isSignalled;
    private Queue<WaitingBatch> _unwritten = new();
    private List<WaitingBatch> _unsynced = [];
    private HashSet<Segment> _done = [];
    private SpoolLock? _lock;
    private volatile DeliveryCursor? _cursor;
    private ulong _life;
    private volatile bool _isCursorBehind;
    private bool _isHurried;
    private long _damaged;

    /// <summary>Takes the folder; reading it is left to <see cref="Start"/>. A disk that refuses is reported and tried again.</summary>
    /// <param name="folder">Where; made when missing.</param>
    /// <param name="maxBytes">Most bytes that will wait.</param>
    /// <param name="time">Clock.</param>
    /// <param name="report">Receives a line for each change of state.</param>
    /// <exception cref="SpoolInUseException">Another agent uses it.</exception>
    internal DiskSpool(string folder, long maxBytes, TimeProvider time, Action<string> report)
    {
        (_folder, _time, _report) = (folder, time, report);
        SegmentBytes = Math.Clamp(maxBytes / 16, 64 * 1024, 8 * 1024 * 1024);
        try
        {
            _lock = SpoolLock.Take(folder);
        }
        catch (IOException e)
        {
            Degrade(e);
        }
    }

    /// <summary>Bytes after which a new file is begun, so that files can go when what they hold has left.</summary>
    internal long SegmentBytes { get; init; }

    /// <summary>Records that could not be read, since the start.</summary>
    internal long Damaged => Interlocked.Read(ref _damaged);

    /// <summary>False while batches wait in memory only.</summary>
    internal bool IsDurable => _trouble is null;

    /// <summary>Takes a batch. It stays in memory, too, until it is durable.</summary>
    internal void Add(WaitingBatch batch)
    {
        lock (_state)
        {
            batch.HandedAt = _time.GetTimestamp();
            _unwritten.Enqueue(batch);
        }

        Wake();
    }

    /// <summary>The frame of a batch that is on disk; null when it is damaged. For the worker that ships.</summary>
    internal byte[]? Read(WaitingBatch batch)
    {
        if (batch.Place is not { IsIntact: true } place)
        {
            return null;
        }

        var header = new byte[RecordFormat.MaxHeaderBytes];
        try
        {
            var most = (int)Math.Min(header.Length, place.Segment.Length - place.Offset);
            if (place.Segment.Read(place.Offset, header.AsSpan(0, most)) && RecordFormat.TryRead(header.AsSpan(0, most), out var found)
                && found.Facts.Id == batch.Facts.Id && found.Facts.FrameBytes == batch.Facts.FrameBytes)
            {
                var frame = new byte[found.Facts.FrameBytes];
                if (place.Segment.Read(place.Offset + found.HeaderBytes, frame) && found.Fits(frame))
                {
                    return frame;
                }
            }

            _report($"{Name}: a record of {place.Segment.Path} was damaged since it was written; its events are counted as lost");
        }
        catch (IOException e)
        {
            _report($"{Name}: {e.Message}; the record's events are counted as lost");
        }

        Interlocked.Increment(ref _damaged);
        return null;
    }

    /// <summary>A batch is given to the sink, which will have it even if the agent does not live to know. For the worker that ships.</summary>
    internal void Begin(WaitingBatch batch)
    {
        if (LifeOf(batch) is > 0 and var life && _cursor is { } cursor)
        {
            Note(() => cursor.Begin(life, batch.Facts.Id, batch.IsAccount));
        }
    }

    /// <summary>A batch was delivered, or is gone without anybody having to tell it. For the worker that ships.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="isInOrder">False when batches of its lane from an earlier life still wait.</param>
    /// <param name="tips">The links of the chains, as they are now.</param>
    internal void Done(WaitingBatch batch, bool isInOrder, IReadOnlyList<ChainTip> tips)
    {
        var facts = batch.Facts;
        if (LifeOf(batch) is > 0 and var life && _cursor is { } cursor)
        {
            var before = cursor.Of(facts.Lane) is { } to && to.Life == life ? to.Reached : facts.LaneFirst - 1;
            var reached = new DeliveredTo(life, facts.Id, facts.IsRepeat ? before : Math.Max(before, facts.Range.Last));
            Note(() => cursor.Set(facts.Lane, isInOrder ? reached : null, tips));
        }

        Release(batch);
    }

    /// <summary>A batch need not be kept any more. Doing so twice does nothing.</summary>
    internal void Release(WaitingBatch batch)
    {
        lock (_state)
        {
            if (batch.IsGone)
            {
                return;
            }

            batch.IsGone = true;
            batch.InMemory = null;
            if (batch.Place is not { } place || --place.Segment.Waiting > 0 || !place.Segment.IsSealed)
            {
                return;
            }

            _done.Add(place.Segment);
        }

        Wake();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var segment in _open)
        {
            segment.Dispose();
        }

        _cursor?.Dispose();
        _lock?.Dispose();
    }

    /// <summary>What was added is made durable now.</summary>
    internal void Hurry()
    {
        Volatile.Write(ref _isHurried, true);
        Wake();
    }

    private string Name => $"spool {_folder}";

    private ulong LifeOf(WaitingBatch batch) => batch.Facts.Life == 0 ? _life : batch.Facts.Life;

    private void Note(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The writer tries again, and reports what is wrong.
            _isCursorBehind = true;
            Wake();
        }
    }

    private void Wake()
    {
        lock (_signal)
        {
            _isSignalled = true;
            Monitor.Pulse(_signal);
        }
    }
}
