using Wire.Model;

namespace EdgeAgent.Batching;

/// <summary>When the agent has to say how it is: once a minute, whatever its lanes do. One thread only.</summary>
/// <remarks>See <c>docs/decisions/0020-health.md</c>.</remarks>
/// <param name="take">How it is now.</param>
/// <param name="time">Clock.</param>
internal sealed class HostHeartbeat(Func<Heartbeat> take, TimeProvider time)
{
    /// <summary>Time between two heartbeats.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(60);

    private long? _takenAt;
    private bool _isBegun;

    /// <summary>True when one has to leave with the next frame of the lane that asks, which has to send one.</summary>
    internal bool IsDue => _isBegun && (_takenAt is not { } at || time.GetElapsedTime(at) >= Interval);

    /// <summary>The agent is ready: the first one is due.</summary>
    internal void Begin() => _isBegun = true;

    /// <summary>The heartbeat for a frame that leaves now; null when none is due.</summary>
    internal Heartbeat? Take()
    {
        if (!IsDue)
        {
            return null;
        }

        _takenAt = time.GetTimestamp();
        return take();
    }
}
