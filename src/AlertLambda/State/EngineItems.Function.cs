using AlertLambda.Alerts;
using AlertLambda.Findings;
using AlertLambda.Intake;

namespace AlertLambda.State;

/// <content>What is of no rule: the telemetry of hosts, and the function's own item.</content>
public sealed partial class EngineItems
{
    private bool _functionChanged;

    /// <summary>What the function remembers of itself; whoever changes it says so with <see cref="NoteFunctionChanged"/>.</summary>
    public FunctionMemory Function { get; private set; } = new();

    /// <summary>True when the function's own item is in memory.</summary>
    public bool KnowsFunction => _items.ContainsKey(ItemKey.Function);

    /// <summary>True while something of the function's own item is not in the store.</summary>
    public bool HasFunctionNews => _functionChanged || (_items.TryGetValue(ItemKey.Function, out var item) && item.Uncommitted.Count > 0);

    /// <summary><see cref="Function"/> was changed and must be written.</summary>
    public void NoteFunctionChanged() => _functionChanged = true;

    /// <summary>Puts messages into the function's own item.</summary>
    public void AddToFunction(IReadOnlyList<AlertMessage> messages) => Add(ItemOf(ItemKey.Function), messages);

    /// <summary>Looks at what a frame says of its host's telemetry. The host is loaded.</summary>
    public IReadOnlyList<Finding> Watch(ReceivedFrame received)
    {
        ArgumentNullException.ThrowIfNull(received);
        var watch = ItemOf(ItemKey.OfHost(received.Frame.Host.HostId)).Watch;
        var arrivedAt = received.Record.ArrivedAt;
        var place = Tails.Current is { } shard ? new StreamPlace(shard.Place, received.Record.SequenceNumber!) : null;
        return watch.Observe(received.Record.Data.Span, received.Frame, arrivedAt?.ToUnixTimeMilliseconds() ?? NowMs, arrivedAt is not null, place);
    }

    // Before everything else: what it decided about incidents it decides again when they are evaluated anew.
    private async Task<bool> TryCommitFunctionAsync(BatchCounters counters, CancellationToken cancellationToken) =>
        !_items.TryGetValue(ItemKey.Function, out var item) || !(_functionChanged || IsDirty(item))
            || await WriteAllAsync([new PendingWrite(item, Function.Encode(), () => _functionChanged = false)], counters, cancellationToken);

    private string? TakeFunction(StoredItem stored)
    {
        var memory = stored.State.IsEmpty ? new FunctionMemory() : FunctionMemory.TryDecode(stored.State.Span);
        Function = memory ?? new FunctionMemory();
        return memory is null ? "the function's own memory is damaged, or of another version" : null;
    }

    private void ForgetFunction()
    {
        Drop(ItemKey.Function);
        Function = new FunctionMemory();
        _functionChanged = false;
    }
}
