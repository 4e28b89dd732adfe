using Detection.Correlation.Telemetry;
using Detection.State;

namespace Detection.Correlation;

/// <summary>All that is remembered of one host. Not thread-safe.</summary>
/// <param name="id">The host.</param>
/// <param name="telemetry">Which events were seen.</param>
/// <param name="partition">What the rules remember.</param>
internal sealed class HostState(string id, HostTelemetry telemetry, Partition partition)
{
    private long _savedChanges = -1;
    private long _savedSteps;
    private long _savedProgressNs;
    private long _savedLatestNs;
    private ulong _savedShape;

    /// <summary>The host.</summary>
    public string Id { get; } = id;

    /// <summary>Which events were seen.</summary>
    public HostTelemetry Telemetry { get; } = telemetry;

    /// <summary>What the rules remember.</summary>
    public Partition Partition { get; } = partition;

    /// <summary>True once it was loaded or saved: then only its own frames move it on, for others may have taken up what they did not see here.</summary>
    public bool IsStored => _savedChanges >= 0;

    /// <summary>True while what the correlations over hosts know of it may be old.</summary>
    public bool IsUnmarked { get; set; }

    /// <summary>Time of the first frame after it was loaded, or of what was newest when it was saved, ns; null until there is one.</summary>
    public long? SyncedNs { get; set; }

    /// <summary>It is now as it is stored.</summary>
    /// <param name="isLoaded">True when it was loaded just now, false when it was saved.</param>
    public void MarkSaved(bool isLoaded)
    {
        (_savedChanges, _savedSteps, _savedShape) = (Partition.Changes, Telemetry.Steps, Telemetry.Shape());
        (_savedProgressNs, _savedLatestNs, SyncedNs) = (Telemetry.ProgressedNs, Telemetry.Latest.TimeNs, isLoaded ? null : Telemetry.Latest.TimeNs);
    }

    /// <summary>What changed since then.</summary>
    /// <param name="unsavedNs">How far what was seen may be ahead of what is stored, in event time, ns.</param>
    public StateChange Change(long unsavedNs)
    {
        if (Partition.Changes != _savedChanges || Telemetry.Latest.TimeNs < _savedLatestNs)
        {
            return StateChange.Memory;
        }

        if (Telemetry.Steps == _savedSteps)
        {
            return StateChange.None;
        }

        return IsAhead(unsavedNs) || Telemetry.Shape() != _savedShape ? StateChange.Memory : StateChange.Progress;
    }

    /// <summary>Whether what was seen is ahead of what is stored by a time, or nothing is stored.</summary>
    /// <param name="timeNs">The time, ns.</param>
    public bool IsAhead(long timeNs) =>
        // By the events alone, too: a frame that speaks of a time far ahead must not stop it.
        !IsStored || Telemetry.ProgressedNs >= Ns.Plus(_savedProgressNs, timeNs) || Telemetry.Latest.TimeNs >= Ns.Plus(_savedLatestNs, timeNs);
}
