using System.Text;

namespace EdgeAgent;

/// <summary>
/// Writes messages to a stream from a thread of its own: whoever reports never waits for the reader. What finds no space is dropped,
/// counted, and the number told with the next message that is written. Thread-safe.
/// </summary>
internal sealed class MessageWriter
{
    /// <summary>Messages that wait at most.</summary>
    internal const int Capacity = 1024;

    /// <summary>Time for the last messages when nobody reads them.</summary>
    internal static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(400);

    // Waits without the thread pool: its only worker, on a host with one processor, may be the one that waits for the last words.
    private readonly Queue<string> _messages = new();
    private bool _isOver;
    private readonly string _program;
    private readonly Stream _output;
    private readonly Thread _writer;
    private long _dropped;
    private long _taken;
    private long _done;

    /// <param name="program">Name that begins every line.</param>
    /// <param name="output">Where the lines go, UTF-8; not disposed.</param>
    internal MessageWriter(string program, Stream output)
    {
        _program = program;
        _output = output;
        _writer = new Thread(WriteAll) { IsBackground = true, Name = "messages" };
        _writer.Start();
    }

    /// <summary>Hands a message over; never blocks.</summary>
    internal void Report(string text)
    {
        Interlocked.Increment(ref _taken);
        if (!TryAdd(text))
        {
            Interlocked.Increment(ref _dropped);
            Interlocked.Increment(ref _done);
        }
    }

    /// <summary>Waits until what was handed over so far is written, for <see cref="LastWords"/> at most.</summary>
    internal void Flush()
    {
        var taken = Interlocked.Read(ref _taken);
        SpinWait.SpinUntil(() => Interlocked.Read(ref _done) >= taken, LastWords);
    }

    /// <summary>Waits until all is written, for <see cref="LastWords"/> at most. Later messages are dropped.</summary>
    internal void End()
    {
        lock (_messages)
        {
            _isOver = true;
            Monitor.Pulse(_messages);
        }

        _writer.Join(LastWords);
    }

    private void WriteAll()
    {
        while (Next() is { } text)
        {
            var dropped = Interlocked.Exchange(ref _dropped, 0);
            if (!TryWrite(text) || (dropped > 0 && !TryWrite($"{dropped} messages were dropped: nobody read them in time")))
            {
                Interlocked.Add(ref _dropped, dropped + 1);
            }

            Interlocked.Increment(ref _done);
        }
    }

    private bool TryAdd(string text)
    {
        lock (_messages)
        {
            if (_isOver || _messages.Count == Capacity)
            {
                return false;
            }

            _messages.Enqueue(text);
            Monitor.Pulse(_messages);
            return true;
        }
    }

    // Null when there will be none.
    private string? Next()
    {
        lock (_messages)
        {
            while (_messages.Count == 0 && !_isOver)
            {
                Monitor.Wait(_messages);
            }

            return _messages.TryDequeue(out var text) ? text : null;
        }
    }

    private bool TryWrite(string text)
    {
        try
        {
            _output.Write(Encoding.UTF8.GetBytes($"{_program}: {text}\n"));
            return true;
        }
        catch (IOException)
        {
            // There is nobody left to tell; the caller counts it.
            return false;
        }
    }
}
