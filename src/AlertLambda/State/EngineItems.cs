using AlertLambda.Alerts;
using AlertLambda.Logging;
using Detection;
using Detection.Findings;
using Detection.State;
using Wire.Model;
using Wire.Text;

namespace AlertLambda.State;

/// <summary>
/// The engine's memory as items of the store. What is in memory is a cache: each write is under the version it began from, and when that has moved on, the item is
/// dropped, loaded and evaluated again. Not thread-safe.
/// </summary>
/// <remarks>
/// <para>Correlations over several hosts are written before the hosts, those that refer to others first. If it ends in between, a host that was not
/// written does not know that it saw its events: they are evaluated again and give the same occurrences, which count once.</para>
/// <para>How it loads and forgets stands in <c>EngineItems.Loading.cs</c>.</para>
/// </remarks>
public sealed partial class EngineItems
{
    private readonly DetectionEngine _engine;
    private readonly ICorrelationStore _store;
    private readonly StateOptions _options;
    private readonly TimeProvider _clock;
    private readonly JsonLog _log;
    private readonly HashSet<string> _sharedRules;
    private readonly Dictionary<string, WarmItem> _items = [];

    // Known to the messages: what another process put in is not ours to publish.
    private readonly string _owner = Guid.NewGuid().ToString("N");

    // Hosts of the events that are being evaluated, in the order of their first record, and whether they were written since.
    private readonly OrderedDictionary<string, bool> _touched = [];
    private readonly Dictionary<OutboxEntry, long> _orders = new(ReferenceEqualityComparer.Instance);
    private long _order;

    /// <summary>Items around an engine.</summary>
    /// <param name="engine">Without memory yet.</param>
    /// <param name="store">Where it is kept.</param>
    /// <param name="options">Null = the defaults.</param>
    /// <param name="clock">Stamps items and messages.</param>
    /// <param name="log">Is told of items that cannot be read and of messages that there is no room for.</param>
    public EngineItems(DetectionEngine engine, ICorrelationStore store, StateOptions? options, TimeProvider clock, JsonLog log)
    {
        ArgumentNullException.ThrowIfNull(engine);
        (_engine, _store, _options, _clock, _log) = (engine, store, options ?? new StateOptions(), clock, log);
        _sharedRules = [.. engine.SharedRules];
    }

    /// <summary>Messages in the store that this process is to publish, in the order in which they were made.</summary>
    public IReadOnlyList<Outgoing> Outgoing => _outgoing;

    /// <summary>Characters of the messages that wait for a commit.</summary>
    public long UncommittedLength { get; private set; }

    /// <summary>Takes note of a frame that is being evaluated.</summary>
    /// <param name="frame">Its host is loaded.</param>
    /// <param name="arrivedAt">When the stream got it; null = not known.</param>
    public void See(Frame frame, DateTimeOffset? arrivedAt)
    {
        ArgumentNullException.ThrowIfNull(frame);
        _touched[frame.Host.HostId] = false;
        ItemOf(ItemKey.OfHost(frame.Host.HostId)).See(frame, (arrivedAt ?? _clock.GetUtcNow()).ToUnixTimeMilliseconds());
    }

    /// <summary>Puts the messages of an incident into the item that remembers the incident: one write makes both durable.</summary>
    public void Add(Incident incident, IReadOnlyList<AlertMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(incident);
        var item = ItemOf(_sharedRules.Contains(incident.Rule.Id) ? ItemKey.OfShared(incident.Rule.Id) : ItemKey.OfHost(incident.FirstFiring.HostId));
        item.Opened += incident.Change == IncidentChange.Opened ? 1 : 0;
        Add(item, messages);
    }

    /// <summary>Puts messages into the item of a host.</summary>
    public void Add(string hostId, IReadOnlyList<AlertMessage> messages) => Add(ItemOf(ItemKey.OfHost(hostId)), messages);

    /// <summary>Writes what changed.</summary>
    /// <exception cref="StoreException">The store does not take it. What it has taken is kept; see <see cref="ForgetUnwritten"/>.</exception>
    public async Task<CommitStatus> CommitAsync(BatchCounters counters, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(counters);
        foreach (var rule in _engine.SharedRules)
        {
            var item = ItemOf(ItemKey.OfShared(rule));
            if ((_engine.SharedChange(rule) == StateChange.Memory || item.Uncommitted.Count > 0 || item.IsUnmarked)
                && !await WriteAsync(item, _engine.EncodeShared(rule), counters, cancellationToken))
            {
                return CommitStatus.Conflict;
            }

            if (_engine.SharedChange(rule) == StateChange.Memory)
            {
                _engine.MarkSharedSaved(rule);
            }
        }

        var status = CommitStatus.Committed;
        foreach (var part in HostsToWrite().Chunk(_options.Writers))
        {
            var written = await Task.WhenAll(part.Select(host => WriteHostAsync(host, counters, cancellationToken)));
            status = written.All(one => one) ? status : CommitStatus.Conflict;
        }

        if (status == CommitStatus.Committed)
        {
            _touched.Clear();
            UncommittedLength = 0;
        }

        return status;
    }

    /// <summary>Whether a host's events of this round are in the store, or change nothing that must be there now.</summary>
    public bool IsWritten(string hostId) => !_touched.TryGetValue(hostId, out var written) || written;

    private List<string> HostsToWrite() =>
    [
        .. _touched.Keys.Union(_items.Keys.Select(ItemKey.HostOf).OfType<string>()).Where(host =>
        {
            var item = ItemOf(ItemKey.OfHost(host));
            return (_engine.KnowsHost(host) && _engine.HostChange(host) == StateChange.Memory) || item.Uncommitted.Count > 0 || item.IsUnmarked
                || (_touched.ContainsKey(host) && item.IsProgressDue(_options.ProgressEvery));
        }),
    ];

    private async Task<bool> WriteHostAsync(string host, BatchCounters counters, CancellationToken cancellationToken)
    {
        var written = await WriteAsync(ItemOf(ItemKey.OfHost(host)), _engine.EncodeHost(host), counters, cancellationToken);
        if (written)
        {
            _engine.MarkHostSaved(host);
            if (_touched.ContainsKey(host))
            {
                _touched[host] = true;
            }
        }

        return written;
    }

    private async Task<bool> WriteAsync(WarmItem item, byte[] state, BatchCounters counters, CancellationToken cancellationToken)
    {
        foreach (var dropped in item.Outbox.Encode(out var outbox))
        {
            counters.AlertsDropped++;
            LogDropped(item, dropped);
        }
    }

    private void Add(WarmItem item, IReadOnlyList<AlertMessage> messages)
    {
        var now = _clock.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var message in messages)
        {
            var entry = new OutboxEntry(message, now, _owner);
            _orders[entry] = ++_order;
            item.Add(entry);
            UncommittedLength += message.Body.Length;
        }
    }
}
