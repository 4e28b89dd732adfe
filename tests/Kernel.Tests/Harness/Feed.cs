namespace Kernel.Tests.Harness;

/// <summary>What arrives over time, kept in order, and a way to wait for one of it. Thread-safe.</summary>
public sealed class Feed<T>(string name)
    where T : class
{
    /// <summary>Far above what a busy machine needs: reaching it is a failure, not slowness.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private readonly Lock _gate = new();
    private readonly List<T> _items = [];
    private string? _end;

    public IReadOnlyList<T> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _items];
            }
        }
    }

    public void Add(T item)
    {
        lock (_gate)
        {
            _items.Add(item);
        }
    }

    /// <summary>Nothing more comes; who waits is told why.</summary>
    public void End(string reason) => Volatile.Write(ref _end, reason);

    /// <summary>The first that fits, those of the past included.</summary>
    /// <exception cref="TimeoutException">None came; the message shows the latest that did.</exception>
    public async Task<T> WaitForAsync(Func<T, bool> fits, string what, TimeSpan? patience = null)
    {
        var started = TimeProvider.System.GetTimestamp();
        for (var next = 0; ;)
        {
            var ended = Volatile.Read(ref _end);
            foreach (var item in From(ref next))
            {
                if (fits(item))
                {
                    return item;
                }
            }

            if (ended is not null || TimeProvider.System.GetElapsedTime(started) > (patience ?? Patience))
            {
                throw new TimeoutException($"{name}: no {what}{(ended is null ? "" : $", and {ended}")}. The latest:\n{string.Join('\n', All.TakeLast(20))}");
            }

            await Task.Delay(Pause);
        }
    }

    private T[] From(ref int next)
    {
        lock (_gate)
        {
            T[] items = [.. _items[next..]];
            next = _items.Count;
            return items;
        }
    }
}
