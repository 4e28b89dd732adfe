using AlertLambda.Delivery;
using AlertLambda.Logging;
using AlertLambda.Shards;
using AlertLambda.State;
using AlertLambda.Tuning;
using Detection;
using Wire.Text;

namespace AlertLambda.Sweeping;

/// <summary>
/// What nobody's next batch would do: publishes messages that wait since a process died or was refused, closes what waits for events of a host that sends none,
/// finds hosts that are silent. Goes through the table page by page. Not thread-safe; one at a time in a deployment.
/// </summary>
/// <param name="store">The items.</param>
/// <param name="engine">Has nothing else in its memory.</param>
/// <param name="items">The same memory as items.</param>
/// <param name="desk">Says what people are told.</param>
/// <param name="delivery">Publishes.</param>
/// <param name="log">Names each silent host.</param>
/// <param name="clock">Says what is overdue.</param>
/// <param name="shards">Looks after the shards of the stream; null = no item of a host is behind by more than a minute.</param>
public sealed class Sweeper(
    ICorrelationStore store, DetectionEngine engine, EngineItems items, NewsDesk desk, OutboxDelivery delivery, JsonLog log, TimeProvider clock, ShardSweep? shards = null)
{
    /// <summary>Agents send something each minute, and what the store says of it may be a minute old: from here on a host is silent.</summary>
    public static readonly TimeSpan SilentAfter = TimeSpan.FromMinutes(5);

    /// <summary>What is closed must not be joined by late events any more: more than twice the engine's lateness.</summary>
    public static readonly TimeSpan SettledAfter = TimeSpan.FromMinutes(30);

    // Items that are in memory at once.
    private const int PartSize = 25;
    private const int Tries = 5;

    private string? _next;

    // Hosts whose items do not say how silent they are.
    private IReadOnlySet<uint> _behind = new HashSet<uint>();

    /// <summary>Goes through the table, from where the last sweep had to stop.</summary>
    public async Task<SweepResult> RunAsync(TimeBudget time)
    {
        ArgumentNullException.ThrowIfNull(time);
        var run = new SweepRun();
        try
        {
            await SweepFunctionAsync(run, time);
            var query = Query(await SweepShardsAsync(run, time));
            do
            {
                var page = await store.ListAsync(query, _next, time.Token);
                foreach (var part in page.Items.Chunk(PartSize))
                {
                    if (time.IsSpent)
                    {
                        return run.Result(isComplete: false);
                    }

                    await SweepAsync(part, query, run, time);
                }

                _next = page.Next;
            }
            while (_next is not null && !time.IsSpent);

            // Last, for it may take all of the time.
            run.Fault = (shards is null ? null : await shards.FinishAsync(run.Counters, time)) ?? run.Fault;
            return run.Result(isComplete: _next is null && run.Fault is null);
        }
        catch (Exception e) when (e is StoreException or OperationCanceledException)
        {
            // Some of it may be written: nothing in memory is to be trusted.
            items.ForgetUnwritten();
            run.Counters.StoreFailures++;
            return run.Result(isComplete: false) with { Fault = e.Message };
        }
    }

    private SweepQuery Query(bool knowsHosts)
    {
        var now = clock.GetUtcNow();
        var outboxBefore = (now - OutboxEntry.StaleAfter).ToUnixTimeMilliseconds();
        return knowsHosts
            ? new SweepQuery(outboxBefore, (now - SilentAfter).ToUnixTimeMilliseconds(), (now - SettledAfter).ToUnixTimeMilliseconds())
            : new SweepQuery(outboxBefore, long.MinValue, long.MinValue);
    }

    // While the stream does not answer, messages still go out, but no host is taken for silent.
    private async Task<bool> SweepShardsAsync(SweepRun run, TimeBudget time)
    {
        if (shards is null)
        {
            return true;
        }

        try
        {
            _behind = await shards.BehindAsync(run.Counters, time.Token);
            return true;
        }
        catch (ShardLogException e)
        {
            run.Fault = e.Message;
            return false;
        }
    }

    /// <summary>An instance is stopped or terminated on purpose: its silence is nothing to tell.</summary>
    /// <returns>False when the store did not take it.</returns>
    public async Task<bool> NoteStoppedAsync(string instanceId, TimeBudget time)
    {
        ArgumentNullException.ThrowIfNull(time);
        var counters = new BatchCounters();
        for (var tries = 0; tries < Tries; tries++)
        {
            await items.LoadAnewAsync([ItemKey.OfHost(instanceId)], counters, time.Token);
            if (!items.TryNoteStopped(instanceId, clock.GetUtcNow() + SilentAfter) || await items.TryCommitAsync(counters, time.Token))
            {
                items.Trim();
                return true;
            }

            items.ForgetUnwritten();
        }

        return false;
    }

    // What is summed up, and what is found of no host.
    private async Task SweepFunctionAsync(SweepRun run, TimeBudget time)
    {
        await items.LoadFunctionAsync(run.Counters, time.Token);
        desk.TellOwn([]);
        desk.TellDue();
        if (!await items.TryCommitAsync(run.Counters, time.Token))
        {
            items.ForgetUnwritten();
        }

        await delivery.PublishAsync(items, run.Counters, time.Token);
    }

    private async Task SweepAsync(IReadOnlyList<StoredItem> listed, SweepQuery query, SweepRun run, TimeBudget time)
    {
        await items.LoadAnewAsync(listed.Select(item => item.Key), run.Counters, time.Token);
        var silent = new List<SilentHost>();
        var settled = 0;
        foreach (var hostId in listed.Select(item => ItemKey.HostOf(item.Key)).OfType<string>().Where(host => !_behind.Contains(ShardMark.NameOf(host))))
        {
            // Asked of what was just read: the listing may be old.
            if (items.TryTellSilence(hostId, query) is { } host)
            {
                desk.Tell(hostId, items.WatchSilence(host));
                silent.Add(host);
            }

            settled += Settle(hostId, query) ? 1 : 0;
        }

        if (await items.TryCommitAsync(run.Counters, time.Token))
        {
            run.Settled += settled;
            run.Silent.AddRange(silent);
            silent.ForEach(LogSilent);
        }
        else
        {
            // The host is there again, or another process has the item: the next sweep sees.
            items.ForgetUnwritten();
        }

        items.Claim(query.OutboxBefore);
        await delivery.PublishAsync(items, run.Counters, time.Token);
        items.Trim();
    }

    private bool Settle(string hostId, SweepQuery query)
    {
        if (!items.TrySettle(hostId, query, out var completeNs) || !engine.KnowsHost(hostId))
        {
            return false;
        }

        foreach (var incident in engine.AdvanceHost(hostId, completeNs))
        {
            desk.Tell(incident);
        }

        return true;
    }

    private void LogSilent(SilentHost host) => log.Write(LogLevel.Warning, "host-silent", json =>
    {
        json.WriteString("host", SafeText.Escape(host.HostId));
        json.WriteString("name", SafeText.Escape(host.Note.HostName));
        json.WriteString("lastSeen", host.LastSeen.UtcDateTime);
    });
}
