using AlertLambda.Intake;
using AlertLambda.Logging;
using AlertLambda.State;
using Wire.Codec;
using Wire.Text;

namespace AlertLambda.Shards;

/// <summary>
/// Lets hosts be written seldom: the stream holds what their items lack, and the shard's own item says from where it has to be read again. Whoever finds that
/// item otherwise than it left it forgets what it remembers of the shard, and reads. Not thread-safe.
/// </summary>
/// <param name="log">The stream.</param>
/// <param name="store">Where items are.</param>
/// <param name="items">The memory.</param>
/// <param name="options">How memory goes to the store.</param>
/// <param name="clock">Says what waits for how long.</param>
/// <param name="output">Is told when a shard is taken over, and what cannot be read again.</param>
public sealed class ShardKeeper(IShardLog log, ICorrelationStore store, EngineItems items, StateOptions options, TimeProvider clock, JsonLog output)
{
    // Of what is read again: below that every change of the process writes every host, and it makes no difference any more.
    private static readonly TimeSpan LeastPatience = TimeSpan.FromMilliseconds(100);

    private readonly Guid _owner = Guid.NewGuid();

    private StreamTails Tails => items.Tails;

    private long NowMs => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Begins with batches of a shard. What memory lacks of it waits in <see cref="EngineItems.TakeAgain"/> afterwards.</summary>
    /// <returns>False when nobody ever took a batch of it: what its parents left has to be finished first.</returns>
    /// <exception cref="StoreException">The store does not give the item.</exception>
    /// <exception cref="ShardLogException">The stream does not give the records.</exception>
    public async Task<bool> BeginAsync(ShardName shard, BatchCounters counters, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(shard);
        ArgumentNullException.ThrowIfNull(counters);
        Tails.Begin(null);
        var stored = (await store.LoadAsync([ItemKey.OfShard(shard)], cancellationToken)).SingleOrDefault();
        var mark = MarkOf(stored, counters);
        if (Tails.Find(shard) is { } known && known.Is(stored?.Version) && (mark is null || mark.Owner == _owner))
        {
            Tails.Begin(known);
            return mark is not null;
        }

        items.Forget(shard);
        var version = stored?.Version;
        var bytes = 0L;
        var patience = mark?.Patience ?? options.CheckpointEvery;
        if (mark?.From is { } from)
        {
            // Who takes over often finds little that waits; who goes on for long may let it wait again.
            patience /= 4;
            bytes = await ReadAsync(shard, mark, from, counters, cancellationToken);
            (version, mark) = (version + 1, mark with { Owner = _owner, Tries = mark.Tries + 1 });
            await ClaimAsync(ItemOf(shard, version!.Value, mark), cancellationToken);
        }

        var begun = new ShardTail(shard, version, mark)
        {
            Patience = patience < LeastPatience ? LeastPatience : patience < options.CheckpointEvery ? patience : options.CheckpointEvery,
            PatienceSinceMs = NowMs,
        };
        begun.NoteBatch(bytes);
        Tails.Begin(begun);
        return mark is not null;
    }

    /// <summary>Ends a batch of the shard that was begun last: from now on its records need not be delivered any more.</summary>
    /// <param name="last">Number of the last that is committed; null = none.</param>
    /// <param name="counters">Counts a conflict.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>False when another process took the shard over: all of the batch is to be delivered again.</returns>
    /// <exception cref="StoreException">The store does not take it; likewise.</exception>
    public async Task<bool> EndAsync(string? last, BatchCounters counters, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(counters);
        var shard = Tails.Current ?? throw new InvalidOperationException("no shard was begun");
        shard.Taken = SequenceNumber.IsUpTo(last, shard.Taken) ? shard.Taken : last;
        var mark = Next(shard);
        if (!IsNews(mark, shard.Stored))
        {
            return true;
        }

        var version = shard.Version + 1 ?? NowMs;
        shard.Pending = (version, mark);
        if (await store.TryWriteAsync(ItemOf(shard.Shard, version, mark), shard.Version, cancellationToken))
        {
            shard.NoteWritten(version, mark);
            return true;
        }

        counters.Conflicts++;
        items.Forget(shard.Shard);
        Tails.Begin(null);
        return false;
    }

    /// <summary>Parents of a shard, of which the stream may have forgotten all but the names.</summary>
    /// <exception cref="ShardLogException">The stream does not say.</exception>
    public async Task<IReadOnlyList<ShardName>> ParentsAsync(ShardName shard, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(shard);
        var shards = await log.ShardsAsync(shard.Stream, cancellationToken);
        return [.. shards.Where(other => other.Id == shard.Id).SelectMany(other => other.Parents).Select(parent => shard with { Id = parent })];
    }

    /// <summary>The marks of all shards of a stream, for the sweep.</summary>
    /// <exception cref="StoreException">The store does not give them.</exception>
    /// <exception cref="ShardLogException">The stream does not say which there are.</exception>
    public async Task<IReadOnlyList<(ShardName Shard, ShardMark Mark)>> MarksAsync(string stream, BatchCounters counters, CancellationToken cancellationToken)
    {
        var shards = (await log.ShardsAsync(stream, cancellationToken)).Select(shard => new ShardName(stream, shard.Id)).ToDictionary(ItemKey.OfShard);
        var stored = await store.LoadAsync(shards.Keys, cancellationToken);
        return [.. stored.Select(item => (shards[item.Key], MarkOf(item, counters))).Where(one => one.Item2 is not null).Select(one => (one.Item1, one.Item2!))];
    }

    /// <summary>Whether what a shard's hosts lack in their items waits for so long that nobody seems to take batches of it any more.</summary>
    public bool IsLeft(ShardMark mark)
    {
        ArgumentNullException.ThrowIfNull(mark);
        return mark.From is not null && mark.SinceMs < (clock.GetUtcNow() - options.CheckpointEvery - options.LeftAfter).ToUnixTimeMilliseconds();
    }

    private static bool IsNews(ShardMark mark, ShardMark? stored) =>
        stored is null
            ? mark.Taken is not null
            : stored.Owner != mark.Owner || stored.Tries != mark.Tries || stored.From != mark.From || (mark.From is not null && stored.Taken != mark.Taken);

    private StoredItem ItemOf(ShardName shard, long version, ShardMark mark) => new()
    {
        Key = ItemKey.OfShard(shard), Version = version, State = mark.Encode(), ExpiresAt = (clock.GetUtcNow() + options.KeepFor).ToUnixTimeSeconds(),
    };

    // A process that dies while it evaluates leaves a trace: what kills each of them must not hold up the shard.
    private async Task ClaimAsync(StoredItem item, CancellationToken cancellationToken)
    {
        if (!await store.TryWriteAsync(item, item.Version - 1, cancellationToken))
        {
            throw new StoreException(true, "another process takes batches of the same shard");
        }
    }

    private ShardMark Next(ShardTail shard)
    {
        var waiting = Tails.Of(shard.Shard).Select(host => host.Value).ToList();
        if (shard.Patience < options.CheckpointEvery && NowMs - shard.PatienceSinceMs >= shard.Patience.TotalMilliseconds)
        {
            shard.Patience = shard.Patience * 2 < options.CheckpointEvery ? shard.Patience * 2 : options.CheckpointEvery;
            shard.PatienceSinceMs = NowMs;
        }

        return new ShardMark
        {
            Owner = _owner,
            Taken = shard.Taken,
            From = waiting.Select(tail => tail.FirstNumber).Order(Comparer<string>.Create(SequenceNumber.Compare)).FirstOrDefault(),
            SinceMs = waiting.Count == 0 ? 0 : waiting.Min(tail => tail.SinceMs),
            Patience = shard.Patience,
            AtMs = NowMs,
            Heard = items.HeardOf(shard.Shard),
        };
    }

    private ShardMark? MarkOf(StoredItem? stored, BatchCounters counters)
    {
        if (stored is null || stored.State.IsEmpty)
        {
            return null;
        }

        var mark = ShardMark.TryDecode(stored.State);
        if (mark is null)
        {
            counters.ItemsDamaged++;
            output.Write(LogLevel.Error, "item-damaged", json =>
            {
                json.WriteString("item", SafeText.Escape(stored.Key));
                json.WriteString("fault", "the mark of the shard is damaged, or of another version: what its hosts' items lack is not read again");
            });
        }

        return mark;
    }

    /// <returns>Bytes of all that was read.</returns>
    private async Task<long> ReadAsync(ShardName shard, ShardMark mark, string from, BatchCounters counters, CancellationToken cancellationToken)
    {
        var read = mark.Tries >= options.AgainTries
            ? new LogRead([], $"{mark.Tries} processes died while they evaluated it")
            : await log.ReadAsync(shard, from, mark.Taken ?? from, cancellationToken);
        foreach (var record in read.Records)
        {
            // What is no frame was set aside when it came.
            if (FrameIntake.TryDecode(record, out var frame))
            {
                Tails.AddRead(frame.Host.HostId, shard, record, mark.SinceMs);
            }
        }

        counters.Replayed += read.Records.Count;
        counters.ReplayFaults += read.Fault is null ? 0 : 1;
        output.Write(read.Fault is null ? LogLevel.Info : LogLevel.Error, "shard-read-again", json =>
        {
            json.WriteString("shard", SafeText.Escape(shard.Id));
            json.WriteString("from", from);
            json.WriteString("to", mark.Taken);
            json.WriteNumber("records", read.Records.Count);
            if (read.Fault is { } fault)
            {
                json.WriteString("fault", SafeText.Escape(fault));
                json.WriteString("next", "what these records did to the memory of their hosts is lost: correlations that they took part in may be missing");
            }
        });
        return read.Records.Sum(record => (long)record.Data.Length);
    }
}
