using System.Diagnostics.CodeAnalysis;
using Detection.Findings;
using Detection.State;
using Wire.Model;

namespace Detection;

/// <content>What the engine remembers, in items that are stored one by one: one of each host, and one of each correlation over several hosts.</content>
public sealed partial class DetectionEngine
{
    /// <summary>Ids of the correlations over several hosts that need an item, those that refer to others first: so they are to be written.</summary>
    public IReadOnlyList<string> SharedRules { get; }

    /// <summary>The hosts that are remembered.</summary>
    public IReadOnlyCollection<string> Hosts => [.. _hosts.Entries.Select(entry => entry.Key)];

    /// <summary>What changed of a host since it was loaded or marked as saved; of one that is not known nothing.</summary>
    public StateChange HostChange(string hostId) => KnowsHost(hostId) ? StateChange.Memory : StateChange.None;

    /// <summary>What is remembered of a host.</summary>
    public byte[] EncodeHost(string hostId)
    {
        var host = HostOf(hostId);
        host.Partition.Compact();
        using var body = new StateWriter();
        TelemetryCodec.Write(body, host.Telemetry);
        NewPartitionCodec().Write(body, host.Partition);
        return Sealed(body);
    }

    /// <summary>Takes up what is stored of a host, in place of what is remembered of it.</summary>
    /// <param name="hostId">The host.</param>
    /// <param name="state">What <see cref="EncodeHost"/> gave.</param>
    /// <param name="fault">What is wrong with it; else null.</param>
    /// <returns>False when it is damaged; then nothing changed.</returns>
    public bool TryLoadHost(string hostId, ReadOnlySpan<byte> state, [NotNullWhen(false)] out string? fault)
    {
        var host = NewHost();
        if (!TryOpen(state, reader =>
            {
                TelemetryCodec.Read(reader, host.Telemetry);
                Read(NewPartitionCodec(), reader, host.Partition);
            }, out fault))
        {
            return false;
        }

        ForgetHost(hostId);
        _hosts.Add(hostId, host);
        return true;
    }

    /// <summary>What is remembered of a host was stored as it stands.</summary>
    public void MarkHostSaved(string hostId) => _ = HostOf(hostId);

    /// <summary>Forgets a host as if it had never been seen: it is in the store.</summary>
    public void ForgetHost(string hostId)
    {
        if (_hosts.TryPeek(hostId, out var host))
        {
            _withLosses.Remove(host.Telemetry);
            _hosts.Remove(hostId);
            _newestHost = default;
        }
    }

    /// <summary>True when something is remembered of a host.</summary>
    public bool KnowsHost(string hostId) => _hosts.TryPeek(hostId, out _);

    /// <summary>What changed of a correlation over several hosts since it was loaded or marked as saved.</summary>
    public StateChange SharedChange(string ruleId) => SharedRules.Contains(ruleId) ? StateChange.Memory : StateChange.None;

    /// <summary>What is remembered of a correlation over several hosts.</summary>
    public byte[] EncodeShared(string ruleId)
    {
        using var body = new StateWriter();
        NewPartitionCodec().Write(body, _shared);
        return Sealed(body);
    }

    /// <summary>Takes up what is stored of a correlation over several hosts, in place of what is remembered of it.</summary>
    /// <param name="ruleId">The correlation.</param>
    /// <param name="state">What <see cref="EncodeShared"/> gave.</param>
    /// <param name="fault">What is wrong with it; else null.</param>
    /// <returns>False when it is damaged; then nothing changed.</returns>
    public bool TryLoadShared(string ruleId, ReadOnlySpan<byte> state, [NotNullWhen(false)] out string? fault) =>
        TryOpen(state, reader => Read(NewPartitionCodec(), reader, _shared), out fault);

    /// <summary>What is remembered of a correlation over several hosts was stored as it stands.</summary>
    public void MarkSharedSaved(string ruleId) => _ = SharedChange(ruleId);

    /// <summary>Forgets what is remembered of a correlation over several hosts: it is in the store.</summary>
    public void ForgetShared(string ruleId) => _ = SharedChange(ruleId);

    /// <summary>
    /// True when what is remembered of a frame's host is older than what is stored of it may be: numbers are missing before the frame, or it was
    /// loaded or saved too long ago. Then it is to be loaded anew before the frame is evaluated.
    /// </summary>
    public bool HostIsStale(Frame frame) => !KnowsHost(frame.Host.HostId);

    /// <summary>The same of a correlation over several hosts.</summary>
    public bool SharedIsStale(string ruleId, Frame frame) => SharedChange(ruleId) == StateChange.None;

    /// <summary>Nothing more will come of a host up to a time: answers what waits for that, and closes incidents. For a host that is silent.</summary>
    /// <param name="hostId">A host that is remembered.</param>
    /// <param name="completeNs">The time, ns since 1970 UTC: at least twice the lateness bound ago.</param>
    /// <returns>The incidents that open, escalate or close.</returns>
    public IReadOnlyList<Incident> AdvanceHost(string hostId, long completeNs)
    {
        var host = HostOf(hostId);
        host.Telemetry.Advance(completeNs);
        return Advance(host);
    }
}
