using System.Diagnostics.CodeAnalysis;
using Detection.Correlation;
using Detection.Findings;
using Detection.Rules;
using Detection.State;
using Wire.Codec;
using Wire.Model;

namespace Detection;

/// <content>
/// What the engine remembers, in items that are stored one by one: here those of the hosts, in <c>DetectionEngine.SharedState.cs</c> those of the
/// correlations over several hosts (docs: decision 0021).
/// </content>
public sealed partial class DetectionEngine
{
    private readonly FrameEncoder _encoder = new();

    private PartitionCodec PartitionCodec => field ??=
        new([.. _pack.Rules.Select(rule => rule.Info), .. _pack.Correlations.Select(rule => rule.Info)], _pack.Rules.Count);

    /// <summary>The hosts that are remembered.</summary>
    public IReadOnlyCollection<string> Hosts => [.. _hosts.Entries.Select(entry => entry.Key)];

    /// <summary>True when something is remembered of a host.</summary>
    public bool KnowsHost(string hostId) => _hosts.TryPeek(hostId, out _);

    /// <summary>
    /// What changed of a host since it was loaded or marked as saved; nothing of one that is not remembered. Progress becomes memory when it is
    /// ahead of what is stored by <see cref="DetectionLimits.UnsavedNs"/>.
    /// </summary>
    public StateChange HostChange(string hostId) =>
        _hosts.TryPeek(hostId, out var host) ? host.Change(_context.Limits.UnsavedNs) : StateChange.None;

    /// <summary>True when what was seen of a host is ahead of what is stored by a time, ns, or nothing is stored; false of one that is not remembered.</summary>
    public bool HostIsAhead(string hostId, long timeNs) => _hosts.TryPeek(hostId, out var host) && host.IsAhead(timeNs);

    /// <summary>
    /// What is remembered of a host, as an item. It is at most <see cref="DetectionLimits.ItemBytes"/> long: until it is, what is remembered longest is
    /// forgotten here, too, and counted. Incidents that had to go are among the changes of the next evaluation.
    /// </summary>
    /// <exception cref="ArgumentException">Nothing is remembered of the host.</exception>
    public byte[] EncodeHost(string hostId)
    {
        var host = Remembered(hostId);
        host.Partition.Compact();
        return ItemFit.Encode(
            _context.Limits.ItemBytes,
            () =>
            {
                using var body = new StateWriter(_encoder);
                body.Write(hostId);
                _tags.Write(body, host.Partition);
                TelemetryCodec.Write(body, host.Telemetry);
                PartitionCodec.Write(body, host.Partition);
                return StateSeal.Close(ItemContent.Host, body);
            },
            share => ItemFit.Forget(host.Partition, share) | ItemFit.Forget(host.Telemetry, share));
    }

    /// <summary>
    /// Takes up what is stored of a host, in place of what is remembered of it. What was remembered for a rule that has the same id and means the same
    /// is kept; any other starts empty, uncertain of what came before.
    /// </summary>
    /// <param name="hostId">The host.</param>
    /// <param name="state">What <see cref="EncodeHost"/> gave.</param>
    /// <param name="fault">What is wrong with it; else null.</param>
    /// <returns>False when it is damaged, or of another host; then nothing changed.</returns>
    public bool TryLoadHost(string hostId, ReadOnlySpan<byte> state, [NotNullWhen(false)] out string? fault)
    {
        var host = NewHost(hostId);
        List<(CorrelationRule Rule, bool TookPart, long UnseenNs, long EvictedNs)> tags = [];
        if (!StateSeal.TryOpen(ItemContent.Host, state, Read, out fault))
        {
            return false;
        }

        ForgetHost(hostId);
        foreach (var (rule, tookPart, unseenNs, evictedNs) in tags)
        {
            var sinceNs = tookPart ? unseenNs : host.Telemetry.Latest.TimeNs;
            host.Partition.UnseenNs.Raise(rule, sinceNs);
            host.Partition.EvictedNs.Raise(rule, evictedNs);
            NoteUnseen(rule, sinceNs);
            NoteEvicted(rule, evictedNs);
        }

        host.Telemetry.Loaded();
        host.MarkSaved(isLoaded: true);
        _isCache = true;
        Add(host);
        return true;

        void Read(StateReader reader)
        {
            var id = reader.ReadString();
            if (id != hostId)
            {
                throw new InvalidDataException($"it is of the host {id}");
            }

            tags = _tags.Read(reader);
            TelemetryCodec.Read(reader, host.Telemetry);
            Take(reader, host.Partition, number => number < _pack.Rules.Count || _scopes[number - _pack.Rules.Count].WithinHost);
        }
    }

    /// <summary>What is remembered of a host is stored as it stands.</summary>
    /// <exception cref="ArgumentException">Nothing is remembered of the host.</exception>
    public void MarkHostSaved(string hostId)
    {
        Remembered(hostId).MarkSaved(isLoaded: false);
        _isCache = true;
    }

    /// <summary>Forgets a host as if it had never been seen, without a word: it is in the store. Does nothing for one that is not remembered.</summary>
    public void ForgetHost(string hostId)
    {
        _isCache = true;
        if (_hosts.TryPeek(hostId, out var host))
        {
            _unmarked.Remove(host);
            _hosts.Remove(hostId);
            _newestHost = default;
        }
    }

    /// <summary>
    /// True when what is remembered of a frame's host may be older than what is stored: numbers are missing before the frame, or it was loaded or saved
    /// too long before, in event time. Then it is to be loaded, before the first frame of the host in a batch; of one that was just loaded it is false.
    /// </summary>
    public bool HostIsStale(Frame frame) =>
        !_hosts.TryPeek(frame.Host.HostId, out var host)
        || (host.SyncedNs is { } syncedNs && (IsLongAfter(frame, syncedNs) || host.Telemetry.IsAheadOf(frame)));

    /// <summary>Nothing more will come of a host up to a time: answers what waits for that, and closes incidents. For a host that is silent.</summary>
    /// <param name="hostId">The host.</param>
    /// <param name="completeNs">The time, ns since 1970 UTC: at least twice the lateness bound ago.</param>
    /// <returns>The incidents that open, escalate or close.</returns>
    /// <exception cref="ArgumentException">Nothing is remembered of the host.</exception>
    public IReadOnlyList<Incident> AdvanceHost(string hostId, long completeNs)
    {
        var host = Remembered(hostId);
        _context.Late = false;
        host.Telemetry.Advance(completeNs);
        Unmark(host);
        Advance(host.Partition, host.Telemetry.WatermarkNs);
        AdvanceShared();

        // No frame says when this was loaded: it counts as old as the newest event that it knows of.
        host.SyncedNs ??= host.Telemetry.Latest.TimeNs;
        foreach (var shared in _shared)
        {
            shared.SyncedNs ??= shared.Watermarks.NewestNs;
        }

        return _context.TakeChanges();
    }

    private HostState Remembered(string hostId) =>
        _hosts.TryPeek(hostId, out var host) ? host : throw new ArgumentException($"nothing is remembered of the host {hostId}", nameof(hostId));

    private void Take(StateReader reader, Partition partition, Func<int, bool> belongs) =>
        PartitionCodec.Read(reader, partition, belongs, number => LogOf(partition, number), number => TrackerOf(partition, number));

    private void NoteSynced(HostState host, Frame frame)
    {
        host.SyncedNs ??= NewestNs(frame);
        foreach (var shared in _shared)
        {
            shared.SyncedNs ??= NewestNs(frame);
        }
    }

    // Half the bound: so what is missing is not older than what may come late anyway.
    private bool IsLongAfter(Frame frame, long syncedNs) => NewestNs(frame) > Ns.Plus(syncedNs, _context.Limits.LatenessNs / 2);

    private static long? NewestNs(Frame frame) => frame.Events.Count > 0 ? frame.Events[^1].TimeNs : null;
}
