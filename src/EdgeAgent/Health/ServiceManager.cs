using System.Globalization;
using EdgeAgent.Interop;
using Wire.Text;

namespace EdgeAgent.Health;

/// <summary>
/// Tells systemd that the agent is ready, how it is, and, as long as the intake goes round, that it lives: all of it is sent by the intake thread itself, so
/// that a thread that hangs says nothing, and the watchdog ends it. One thread only.
/// </summary>
/// <remarks>See sd_notify(3) and <c>docs/decisions/0020-health.md</c>.</remarks>
internal sealed class ServiceManager : IDisposable
{
    /// <summary>Time between two looks at whether the status has changed.</summary>
    internal static readonly TimeSpan StatusInterval = TimeSpan.FromSeconds(10);

    /// <summary>Most characters of a status.</summary>
    private const int LongestStatus = 500;

    private readonly NotifySocket _socket;
    private readonly TimeSpan? _watchdog;
    private readonly TimeProvider _time;
    private readonly Action<string> _report;
    private string _status = "";
    private string? _fault;
    private long? _livedAt;
    private long _statusAt;
    private bool _isReady;
    private bool _isReloading;

    private ServiceManager(NotifySocket socket, TimeSpan? watchdog, TimeProvider time, Action<string> report) =>
        (_socket, _watchdog, _time, _report) = (socket, watchdog, time, report);

    /// <summary>The service manager that started this process; null when none did, or it is not to be told anything.</summary>
    /// <param name="environment">Where it says so.</param>
    /// <param name="time">Clock.</param>
    /// <param name="report">Receives what a person must know.</param>
    internal static ServiceManager? Find(IReadOnlyDictionary<string, string> environment, TimeProvider time, Action<string> report)
    {
        if (environment.GetValueOrDefault("NOTIFY_SOCKET") is not { Length: > 0 } address)
        {
            return null;
        }

        if (NotifySocket.Of(address) is { } socket)
        {
            return new ServiceManager(socket, WatchdogOf(environment), time, report);
        }

        report($"service manager: NOTIFY_SOCKET={SafeText.Escape(address)} is neither a path nor an abstract name; it is not told how the agent is");
        return null;
    }

    /// <summary>Tells what there is to tell. Called with every turn of the intake.</summary>
    /// <param name="health">How the agent is.</param>
    /// <param name="isReloading">True while options are read anew.</param>
    internal void Step(HealthSource health, bool isReloading)
    {
        if (_watchdog is { } limit && (_livedAt is not { } lived || _time.GetElapsedTime(lived) >= limit / 2) && Send("WATCHDOG=1"))
        {
            _livedAt = _time.GetTimestamp();
        }

        if (!_isReady)
        {
            _isReady = health.IsReady && SendWithStatus("READY=1\n", health);
        }
        else if (isReloading != _isReloading)
        {
            // systemd takes a reload for begun only if this is later than its own request.
            var begun = string.Create(CultureInfo.InvariantCulture, $"RELOADING=1\nMONOTONIC_USEC={LibC.Nanoseconds(LibC.CLOCK_MONOTONIC) / 1000}");
            _isReloading = (isReloading ? Send(begun) : SendWithStatus("READY=1\n", health)) ? isReloading : _isReloading;
        }
        else if (_time.GetElapsedTime(_statusAt) >= StatusInterval)
        {
            SendWithStatus("", health);
        }
    }

    /// <summary>The end was asked for.</summary>
    internal void Stopping() => Send("STOPPING=1\nSTATUS=ending: what waits is shipped");

    public void Dispose() => _socket.Dispose();

    /// <summary>In one line how the agent is.</summary>
    internal static string StatusOf(AgentHealth health)
    {
        var totals = health.Beat.Totals;
        var status = health.IsHealthy
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"healthy: {totals.Events} events seen, {totals.LostInKernel.Aggregate(0ul, (sum, lost) => sum + lost)} lost in the kernel, "
                + $"{health.Beat.Sinks.Aggregate(0ul, (sum, sink) => sum + sink.BacklogFrames)} frames wait")
            : $"degraded: {string.Join("; ", health.Troubles)}";
        return status.Length <= LongestStatus ? status : $"{status[..LongestStatus]}…";
    }

    private bool SendWithStatus(string assignments, HealthSource health)
    {
        _statusAt = _time.GetTimestamp();
        var status = StatusOf(health.Read());
        if ((assignments.Length > 0 || status != _status) && !Send($"{assignments}STATUS={status}"))
        {
            return false;
        }

        _status = status;
        return true;
    }

    private bool Send(string assignments)
    {
        var isSent = _socket.Send(assignments);
        if (!isSent && _fault != _socket.Fault)
        {
            _report($"service manager: it cannot be told how the agent is ({_socket.Fault}); it is tried again");
        }

        _fault = _socket.Fault;
        return isSent;
    }

    private static TimeSpan? WatchdogOf(IReadOnlyDictionary<string, string> environment)
    {
        var isOurs = environment.GetValueOrDefault("WATCHDOG_PID") is not { Length: > 0 } pid
            || pid == Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        return isOurs && long.TryParse(environment.GetValueOrDefault("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out var us)
            && us is > 0 and < long.MaxValue / 10
            ? TimeSpan.FromMicroseconds(us)
            : null;
    }
}
