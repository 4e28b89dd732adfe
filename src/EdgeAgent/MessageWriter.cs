using System.Text;
using System.Threading.Channels;

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

    private readonly Channel<string> _messages = Channel.CreateBounded<string>(new BoundedChannelOptions(Capacity) { SingleReader = true });
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
        if (!_messages.Writer.TryWrite(text))
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
        _messages.Writer.TryComplete();
        _writer.Join(LastWords);
    }

    private void WriteAll()
    {
        while (_messages.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (_messages.Reader.TryRead(out var text))
            {
                var dropped = Interlocked.Exchange(ref _dropped, 0);
                if (!TryWrite(text) || (dropped > 0 && !TryWrite($"{dropped} messages were dropped: nobody read them in time")))
                {
                    Interlocked.Add(ref _dropped, dropped + 1);
                }

                Interlocked.Increment(ref _done);
            }
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
