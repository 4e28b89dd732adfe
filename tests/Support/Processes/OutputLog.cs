namespace Support.Processes;

/// <summary>The newest output lines of a process, bounded, and a way to wait for one.</summary>
internal sealed class OutputLog
{
    private const int MaximumLines = 2000;

    private readonly Lock _gate = new();
    private readonly Queue<string> _lines = new();
    private readonly List<(string Beginning, TaskCompletionSource<string> Found)> _waiting = [];

    public string Text
    {
        get
        {
            lock (_gate)
            {
                return string.Join('\n', _lines);
            }
        }
    }

    /// <param name="line">A line, or <c>null</c> for the end of the stream.</param>
    public void Add(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_gate)
        {
            _lines.Enqueue(line);
            if (_lines.Count > MaximumLines)
            {
                _lines.Dequeue();
            }

            foreach (var waiter in _waiting.FindAll(waiter => line.StartsWith(waiter.Beginning, StringComparison.Ordinal)))
            {
                waiter.Found.SetResult(line);
                _waiting.Remove(waiter);
            }
        }
    }

    public Task<string> WaitForAsync(string beginning)
    {
        lock (_gate)
        {
            if (_lines.FirstOrDefault(line => line.StartsWith(beginning, StringComparison.Ordinal)) is { } line)
            {
                return Task.FromResult(line);
            }

            var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((beginning, found));
            return found.Task;
        }
    }
}
