using System.Buffers;
using Wire.Model;

namespace EdgeAgent.Spool;

/// <content>The one who writes. One thread only.</content>
internal sealed partial class DiskSpool
{
    private readonly ArrayBufferWriter<byte> _record = new();
    private readonly Dictionary<Lane, Segment> _active = [];
    private readonly HashSet<Segment> _open = [];
    private bool _isFolderBehind;
    private string? _trouble;
    private int _troubleCode;
    private long _retryFrom;
    private readonly HashSet<Segment> _undeleted = [];
    private long _deleteFrom;

    /// <summary>Writes until asked to end, then all that is left, and makes it durable.</summary>
    /// <remarks>On a thread of its own, which sleeps most of the time: timers and workers of the pool take several threads for each batch.</remarks>
    internal Task RunAsync(CancellationToken stop) => Task.Factory.StartNew(
        () =>
        {
            using var ending = stop.Register(Wake);
            while (!stop.IsCancellationRequested)
            {
                Rest();
                Step(final: false);
            }

            Step(final: true);
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    /// <summary>Until something was added, or something is due.</summary>
    private void Rest()
    {
        var rest = _trouble is null ? DueIn() : RetryAfter;
        lock (_signal)
        {
            if (!_isSignalled)
            {
                Monitor.Wait(_signal, rest is { } time ? (int)Math.Ceiling(time.TotalMilliseconds) : Timeout.Infinite);
            }

            _isSignalled = false;
        }
    }

    /// <summary>Writes what was added; makes durable what is due; removes files that are done.</summary>
    /// <param name="final">True when everything is due, and a disk that refused is asked once more.</param>
    internal void Step(bool final)
    {
        if (_trouble is not null && !final && _time.GetElapsedTime(_retryFrom) < RetryAfter)
        {
            return;
        }

        try
        {
            Load();
            OpenForWriting();
            RemoveDone(final: false);
            var isHurried = Interlocked.Exchange(ref _isHurried, false);
            Write();
            if (final || isHurried || (DueIn() is { } due && due <= TimeSpan.Zero))
            {
                Sync();
            }

            if (_isCursorBehind)
            {
                _isCursorBehind = false;
                _cursor!.Write();
            }

            RemoveDone(final);
            CloseSealed();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SpoolInUseException)
        {
            Degrade(e);
            return;
        }

        if (_trouble is not null)
        {
            _trouble = null;
            _report($"{Name}: works again");
        }
    }

    /// <summary>Time until something that was written must be made durable; null when there is nothing.</summary>
    private TimeSpan? DueIn()
    {
        lock (_state)
        {
            TimeSpan? least = null;
            foreach (var waiting in _unsynced)
            {
                if (!waiting.IsGone)
                {
                    var left = (waiting.Facts.Lane == Lane.High ? HighDelay : BulkDelay) - _time.GetElapsedTime(waiting.HandedAt);
                    left = left > TimeSpan.Zero ? left : TimeSpan.Zero;
                    least = least is null || left < least ? left : least;
                }
            }

            return least;
        }
    }

    private void Write()
    {
        while (NextUnwritten() is var (waiting, batch))
        {
            var facts = waiting.Facts;
            _record.ResetWrittenCount();
            RecordFormat.Write(_record, facts, _life, batch.Bytes.Span);
            var segment = SegmentFor(facts.Lane, _record.WrittenCount);
            var offset = segment.Append(_record.WrittenSpan);
            lock (_state)
            {
                _unwritten.Dequeue();
                if (!waiting.IsGone)
                {
                    waiting.Place = new RecordPlace(segment, offset);
                    segment.Waiting++;
                    _unsynced.Add(waiting);
                }
            }
        }
    }

    private (WaitingBatch Waiting, Batching.Batch Batch)? NextUnwritten()
    {
        lock (_state)
        {
            while (_unwritten.TryPeek(out var next))
            {
                if (next is { IsGone: false, InMemory: { } batch })
                {
                    return (next, batch);
                }

                _unwritten.Dequeue();
            }

            return null;
        }
    }

    private Segment SegmentFor(Lane lane, int bytes)
    {
        if (_active.TryGetValue(lane, out var segment))
        {
            if (!segment.IsSealed && (segment.Length == 0 || segment.Length + bytes <= SegmentBytes))
            {
                return segment;
            }

            Seal(segment);
        }

        // The number is gone even if this fails: the file may be there all the same.
        var made = Segment.Create(_folder, _nextNumber++, lane);
        _isFolderBehind = true;
        _open.Add(made);
        return _active[lane] = made;
    }

    private void Seal(Segment segment)
    {
        lock (_state)
        {
            segment.Seal();
            if (segment.Waiting == 0)
            {
                _done.Add(segment);
            }
        }
    }

    private void CloseSealed()
    {
        lock (_state)
        {
            var unsynced = _unsynced.Where(w => !w.IsGone).Select(w => w.Place!.Segment).ToHashSet();
            _open.RemoveWhere(segment =>
            {
                var isDone = segment.IsSealed && !unsynced.Contains(segment);
                if (isDone)
                {
                    segment.Dispose();
                }

                return isDone;
            });
        }
    }

    private void RemoveDone(bool final)
    {
        HashSet<Segment> done;
        lock (_state)
        {
            if (final || _time.GetElapsedTime(_deleteFrom) >= RetryAfter)
            {
                _done.UnionWith(_undeleted);
            }

            if (final)
            {
                _done.UnionWith(_active.Values.Where(segment => segment.Waiting == 0));
            }

            (done, _done) = (_done, []);
        }

        if (done.Count == 0)
        {
            return;
        }

        try
        {
            // Else a reader would take what was delivered and is gone for lost.
            _cursor!.Sync();
        }
        catch
        {
            lock (_state)
            {
                _done.UnionWith(done);
            }

            throw;
        }

        foreach (var segment in done)
        {
            Delete(segment);
        }
    }

    /// <summary>A file that cannot be deleted is no reason not to write others: it is tried again later.</summary>
    private void Delete(Segment segment)
    {
        try
        {
            segment.Delete();
            _undeleted.Remove(segment);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _deleteFrom = _time.GetTimestamp();
            if (_undeleted.Add(segment) && _undeleted.Count == 1)
            {
                _report($"{Name}: {e.Message}; what is not needed any more cannot be deleted, and takes room until it can");
            }
        }
    }

    private void Degrade(Exception e)
    {
        _retryFrom = _time.GetTimestamp();
        if (_trouble is not null && _troubleCode == e.HResult)
        {
            return;
        }

        (_trouble, _troubleCode) = (e.Message, e.HResult);
        _report($"{Name}: {e.Message}; what comes from now on waits in memory, and an agent that is killed loses it. It is tried again every "
            + $"{RetryAfter.TotalSeconds:F0} s: make room, or make the folder writable");
    }
}
