using AlertLambda.Alerts;
using AlertLambda.Intake;
using AlertLambda.Logging;
using Detection;
using Detection.Findings;
using Detection.State;

namespace AlertLambda.State;

/// <summary>
/// The engine's memory as items of the store. What is in memory is a cache: each write is under the version it began from, and when the store has moved on,
/// what is not in it is dropped, loaded and evaluated again. Not thread-safe.
/// </summary>
/// <remarks>
/// The function's own item is written first, then correlations over several hosts before the hosts, those that refer to others first. If the process ends in between, a host that was not
/// written does not know that it saw its events: they are evaluated again and give the same occurrences, which count once.
/// How it loads and forgets stands in <c>EngineItems.Loading.cs</c>, how messages leave it in <c>EngineItems.Sending.cs</c>.
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

    // Hosts whose frames are being evaluated, and whether they were written since.
    private readonly Dictionary<string, bool> _touched = [];

    // Keys of what was loaded since the last commit.
    private readonly HashSet<string> _fresh = [];
    private long _order;

    /// <summary>Items around an engine.</summary>
    /// <param name="engine">Without memory yet.</param>
    /// <param name="store">Where it is kept.</param>
    /// <param name="options">Null = the defaults.</param>
    /// <param name="clock">Stamps items and messages.</param>
    /// <param name="log">Is told of items that cannot be read, and of messages that there is no room for.</param>
    public EngineItems(DetectionEngine engine, ICorrelationStore store, StateOptions? options, TimeProvider clock, JsonLog log)
    {
        ArgumentNullException.ThrowIfNull(engine);
        (_engine, _store, _options, _clock, _log) = (engine, store, options ?? new StateOptions(), clock, log);
        _sharedRules = [.. engine.SharedRules];
    }

    /// <summary>Characters of the messages that wait for a commit.</summary>
    public long UncommittedLength { get; private set; }

    private long NowMs => _clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Takes note of a frame that is evaluated now; its host is loaded.</summary>
    public void See(ReceivedFrame received)
    {
        ArgumentNullException.ThrowIfNull(received);
        var host = received.Frame.Host;
        _touched[host.HostId] = false;
        var item = ItemOf(ItemKey.OfHost(host.HostId));
        item.See(host, received.Record.ArrivedAt?.ToUnixTimeMilliseconds() ?? NowMs);
        NoteTail(item, host.HostId, received);
    }

    /// <summary>Puts the messages of an incident into the item that remembers the incident: one write makes both durable.</summary>
    public void Add(Incident incident, IReadOnlyList<AlertMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(incident);
        var item = ItemOf(_sharedRules.Contains(incident.Rule.Id) ? ItemKey.OfShared(incident.Rule.Id) : ItemKey.OfHost(incident.FirstFiring.HostId));
        item.Opened += incident.Change == IncidentChange.Opened ? 1 : 0;
        item.IsTold = true;
        Add(item, messages);
    }

    /// <summary>Puts messages into the item of a host that is loaded.</summary>
    public void Add(string hostId, IReadOnlyList<AlertMessage> messages)
    {
        var item = ItemOf(ItemKey.OfHost(hostId));
        item.IsTold = true;
        Add(item, messages);
    }

    /// <summary>Writes what changed.</summary>
    /// <returns>False when another process has written an item meanwhile: after <see cref="ForgetUnwritten"/> the frames of hosts that are
    /// not <see cref="IsWritten"/> are to be evaluated again.</returns>
    /// <exception cref="StoreException">The store does not take it; what it has taken is kept.</exception>
    public async Task<bool> TryCommitAsync(BatchCounters counters, CancellationToken cancellationToken)
    {
        if (!await TryCommitFunctionAsync(counters, cancellationToken))
        {
            return false;
        }

        foreach (var rule in _engine.SharedRules)
        {
            var item = ItemOf(ItemKey.OfShared(rule));
            if ((_engine.SharedChange(rule) == StateChange.Memory || IsDirty(item))
                && !await WriteAllAsync([new PendingWrite(item, _engine.EncodeShared(rule), () => _engine.MarkSharedSaved(rule))], counters, cancellationToken))
            {
                return false;
            }
        }

        ForceBounds();
        var hosts = _items.Values.Where(MustWrite).Select(item => (Item: item, Host: ItemKey.HostOf(item.Key)!)).ToList();
        if (!await WriteAllAsync(
            hosts.Select(one => new PendingWrite(one.Item, _engine.KnowsHost(one.Host) ? _engine.EncodeHost(one.Host) : [], () => NoteWritten(one.Host))),
            counters, cancellationToken))
        {
            return false;
        }

        _touched.Clear();
        _fresh.Clear();
        Tails.EndRound(committed: true);
        return true;
    }

    /// <summary>Whether a host's frames of this round are in the store.</summary>
    public bool IsWritten(string hostId) => _touched.GetValueOrDefault(hostId);

    // Whatever the engine says.
    private bool IsDirty(WarmItem item) => item.Uncommitted.Count > 0 || item.IsNoted || _sent.ContainsKey(item.Key);

    private bool MustWrite(WarmItem item) =>
        ItemKey.HostOf(item.Key) is { } host && (IsDirty(item)
            || (Tails.Find(host) is { } tail ? IsDue(item, host, tail) : IsChanged(item, host)));

    // Where what is not written cannot be read again.
    private bool IsChanged(WarmItem item, string host) =>
        item.Watch.HasNews || (_engine.KnowsHost(host) && _engine.HostChange(host) == StateChange.Memory) || (_touched.ContainsKey(host) && item.IsSeenDue(_options.SeenEvery));

    private void NoteWritten(string host)
    {
        if (_engine.KnowsHost(host))
        {
            _engine.MarkHostSaved(host);
        }

        Tails.NoteWritten(host);

        if (_touched.ContainsKey(host))
        {
            _touched[host] = true;
        }
    }

    private void Add(WarmItem item, IReadOnlyList<AlertMessage> messages)
    {
        foreach (var message in messages)
        {
            item.Add(new Outgoing(item.Key, new OutboxEntry(message, NowMs, _owner), ++_order));
            UncommittedLength += message.Body.Length;
        }
    }
}
