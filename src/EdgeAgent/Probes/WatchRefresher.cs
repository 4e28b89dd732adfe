namespace EdgeAgent.Probes;

/// <summary>
/// Has the file systems looked at on a thread of their own: one that does not answer, as a network share without its server, must hold
/// up neither the events nor the end. One thread only, beside its own, which is there from the first look until <see cref="Dispose"/>.
/// </summary>
/// <param name="look">Looks, for as long as it takes; returns what to apply, or null.</param>
/// <param name="apply">Applies it, on the caller's thread.</param>
/// <param name="interval">Least time between two looks.</param>
/// <param name="time">The clock.</param>
/// <param name="report">Receives what a person must know.</param>
internal sealed class WatchRefresher<T>(Func<T?> look, Action<T> apply, TimeSpan interval, TimeProvider time, Action<string> report) : IDisposable
    where T : class
{
    /// <summary>A look that takes longer is reported.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // Not a Lock: nobody can wait for one to be pulsed.
    private readonly object _gate = new();
    private TaskCompletionSource<T?>? _asked;
    private Task<T?>? _looking;
    private Thread? _thread;
    private bool _isOver;
    private long _startedAt;
    private bool _isReported;
    private bool _isDue;

    /// <summary>The first look: waits for it, but not longer than <see cref="Patience"/>.</summary>
    internal void Start()
    {
        Begin();

        // Whatever the look throws is thrown by the step that takes its result.
        Task.WaitAny([_looking!], Patience);
        Step();
    }

    /// <summary>The next look begins as soon as none is under way.</summary>
    internal void Hurry() => _isDue = true;

    /// <summary>Applies a look that has ended, or begins the next when it is time.</summary>
    internal void Step()
    {
        if (_looking is { IsCompleted: true })
        {
            var found = _looking.GetAwaiter().GetResult();
            _looking = null;
            if (_isReported)
            {
                report("the file systems with watched files answer again");
                _isReported = false;
            }

            if (found is not null)
            {
                apply(found);
            }
        }
        else if (_looking is null && (_isDue || time.GetElapsedTime(_startedAt) >= interval))
        {
            Begin();
        }
        else if (_looking is not null && !_isReported && time.GetElapsedTime(_startedAt) >= Patience)
        {
            report(
                $"a file system of the watch lists has not answered for {Patience.TotalSeconds:0} s; the watch lists stay as they were until it does");
            _isReported = true;
        }
    }

    private void Begin()
    {
        _isDue = false;
        _startedAt = time.GetTimestamp();
        var asked = new TaskCompletionSource<T?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _looking = asked.Task;
        lock (_gate)
        {
            _asked = asked;
            Monitor.Pulse(_gate);
        }

        if (_thread is null)
        {
            _thread = new Thread(LookWhenAsked) { IsBackground = true, Name = "watch" };
            _thread.Start();
        }
    }

    /// <summary>The thread ends, after the look that it is at.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isOver = true;
            Monitor.Pulse(_gate);
        }
    }

    private void LookWhenAsked()
    {
        while (NextAsked() is { } asked)
        {
            try
            {
                asked.SetResult(look());
            }
            catch (Exception e)
            {
                asked.SetException(e);
            }
        }
    }

    private TaskCompletionSource<T?>? NextAsked()
    {
        lock (_gate)
        {
            while (_asked is null && !_isOver)
            {
                Monitor.Wait(_gate);
            }

            var asked = _isOver ? null : _asked;
            _asked = null;
            return asked;
        }
    }
}
