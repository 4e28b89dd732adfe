namespace Fuzz;

/// <summary>A thread beside the cases that tells of one that does not end: nothing can end it but the end of the process.</summary>
internal sealed class Watchdog : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    private readonly FuzzLimits _limits;
    private readonly Action<string> _onOverdue;
    private readonly Timer _timer;
    private readonly Lock _lock = new();
    private bool _isRunning;
    private long _startedMs;
    private TimeSpan _startedCpu;

    /// <param name="limits">What a case may cost.</param>
    /// <param name="onOverdue">Told once of a case that costs more, on another thread than the case's.</param>
    public Watchdog(FuzzLimits limits, Action<string> onOverdue)
    {
        (_limits, _onOverdue) = (limits, onOverdue);
        _timer = new Timer(_ => Look(), null, Period, Period);
    }

    /// <summary>A case begins.</summary>
    public void Begin()
    {
        lock (_lock)
        {
            (_isRunning, _startedMs, _startedCpu) = (true, Environment.TickCount64, Environment.CpuUsage.TotalTime);
        }
    }

    /// <summary>The case has ended.</summary>
    public void End()
    {
        lock (_lock)
        {
            _isRunning = false;
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        string? fault = null;
        lock (_lock)
        {
            if (_isRunning)
            {
                var wall = TimeSpan.FromMilliseconds(Environment.TickCount64 - _startedMs);
                var cpu = Environment.CpuUsage.TotalTime - _startedCpu;
                var isOver = (wall > _limits.Cpu && cpu > _limits.Cpu) || wall > _limits.Wall;
                _isRunning = !isOver;
                fault = isOver ? $"still running after {wall.TotalSeconds:f1} s and {cpu.TotalSeconds:f1} s of the processor" : null;
            }
        }

        if (fault is not null)
        {
            _onOverdue(fault);
        }
    }
}
