using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace EdgeAgent.Tests;

public sealed class MessageWriterTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void Every_message_is_a_line_that_begins_with_the_program()
    {
        // Not disposed, as below.
        var output = new MemoryStream();
        var messages = new MessageWriter("me", output);
        messages.Report("one");
        messages.Report("zwölf");
        messages.End();
        Assert.True(SpinWait.SpinUntil(() => output.Length == 19, Patience));
        Assert.Equal("me: one\nme: zwölf\n", Encoding.UTF8.GetString(output.ToArray()));
    }

    [Fact]
    public void Flush_waits_for_what_was_reported_and_more_may_follow()
    {
        // Not disposed: on a busy machine the thread may write after the last words.
        var output = new MemoryStream();
        var messages = new MessageWriter("me", output);
        messages.Report("one");
        AssertWritten(messages.Flush, "me: one\n");

        messages.Report("two");
        AssertWritten(messages.End, "me: one\nme: two\n");

        void AssertWritten(Action wait, string text)
        {
            var start = Stopwatch.StartNew();
            wait();
            if (start.Elapsed < MessageWriter.LastWords)
            {
                Assert.Equal(text, Encoding.UTF8.GetString(output.ToArray()));
            }

            Assert.True(SpinWait.SpinUntil(() => output.Length == text.Length, Patience));
        }
    }

    [Fact]
    public void Reader_that_stops_blocks_nobody_and_what_is_dropped_is_told_when_it_goes_on()
    {
        using var output = new GatedStream();
        var messages = new MessageWriter("me", output);
        for (var i = 0; i < MessageWriter.Capacity + 100; i++)
        {
            messages.Report("x");
        }

        output.Gate.Set();
        messages.End();
        Assert.True(SpinWait.SpinUntil(() => Accounted(output) == MessageWriter.Capacity + 100, Patience));
    }

    [Fact]
    public void End_does_not_wait_for_a_reader_that_never_goes_on()
    {
        using var output = new GatedStream();
        var messages = new MessageWriter("me", output);
        messages.Report("x");
        messages.End();
        messages.Report("too late");
        Assert.Equal(0, output.Length);

        // The thread must be done with the stream before it is disposed.
        output.Gate.Set();
        Assert.True(SpinWait.SpinUntil(() => output.Length > 0, Patience));
    }

    /// <summary>Messages that were written, and those of which it is told that they were not.</summary>
    private static int Accounted(MemoryStream output) => Encoding.UTF8.GetString(output.ToArray())
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Sum(line => line == "me: x" ? 1
            : line.EndsWith("messages were dropped: nobody read them in time", StringComparison.Ordinal) ? int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture)
            : 0);

    private sealed class GatedStream : MemoryStream
    {
        internal ManualResetEventSlim Gate { get; } = new();

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Gate.Wait(CancellationToken.None);
            base.Write(buffer);
        }
    }
}
