using EdgeAgent.Spool;
using EdgeAgent.Tests.Fakes;
using Support;
using Wire.Model;

namespace EdgeAgent.Tests.Spool;

public sealed class DiskSpoolTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly List<string> _reports = [];

    private string Folder => _folder["spool"];

    private string[] Segments => [.. Directory.GetFiles(Folder, "*.segment").Order(StringComparer.Ordinal)];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_earlier_lives_left_is_shipped_in_order_high_value_first_and_what_they_delivered_is_not()
    {
        using (var first = Open())
        {
            first.Add(Lane.Bulk, 1, bootId: Guid.Parse("11111111-1111-1111-1111-111111111111"));
            first.Add(Lane.Bulk, 2);
            first.Add(Lane.High, 1);
            first.Add(Lane.High, 2);
            Assert.Equal("High 1..1", SpooledQueue.Name(first.Ship()!));
            first.Spool.Step(final: false);
        }

        using (var second = Open())
        {
            second.Add(Lane.High, 101);
            second.Spool.Step(final: false);
        }

        using var third = Open();
        third.Add(Lane.High, 201);
        Assert.Equal(5, third.Queue.WaitingEvents);
        Assert.Equal(4, third.Queue.KeptEvents);
        var frames = third.Drain();
        Assert.Equal(["High 2..2", "High 101..101", "High 201..201", "Bulk 1..1", "Bulk 2..2"], frames.Select(SpooledQueue.Name));
        Assert.Equal(Guid.Parse("11111111-1111-1111-1111-111111111111"), frames[3].Host.BootId);
        Assert.All(frames, f => Assert.Empty(f.Lost));
        third.End();
        Assert.Empty(Segments);
        using var fourth = Open();
        Assert.Null(fourth.Queue.Begin());
    }

    [Fact]
    public void New_high_value_batch_does_not_wait_for_the_bulk_that_an_earlier_life_left_and_each_life_tells_its_own_losses()
    {
        using (var first = Open(maxBytes: 1))
        {
            first.Add(Lane.Bulk, 1);
            first.Add(Lane.Bulk, 2);
            first.Spool.Step(final: false);
        }

        using var second = Open();
        second.Add(Lane.Bulk, 101, bootId: Guid.Parse("11111111-1111-1111-1111-111111111111"));
        second.Add(Lane.High, 101);
        second.Ship(delivered: false);
        second.Add(Lane.High, 102);
        var frames = second.Drain();
        Assert.Equal(["High 101..102", "Bulk 1..2", "Bulk 101..101"], frames.Select(SpooledQueue.Name));
        Assert.Equal([101ul, 1], frames.SelectMany(f => f.Lost).Select(lost => lost.Range.Last));
        Assert.Equal(Some.BootId, frames[1].Host.BootId);
    }

    [Fact]
    public void Batch_that_was_shipped_when_the_agent_was_killed_is_the_only_one_that_is_sent_again()
    {
        using (var first = Open())
        {
            for (ulong n = 1; n <= 9; n++)
            {
                first.Add(Lane.Bulk, n);
            }

            first.Spool.Step(final: false);
            for (var i = 0; i < 4; i++)
            {
                first.Ship();
            }

            first.Queue.Begin();
        }

        using var second = Open();
        Assert.Equal(["Bulk 5..5", "Bulk 6..6", "Bulk 7..7", "Bulk 8..8", "Bulk 9..9"], second.Drain().Select(SpooledQueue.Name));
    }

    [Fact]
    public void High_value_batch_is_made_durable_in_time_and_bulk_with_what_came_within_a_second()
    {
        using var queue = Open();
        queue.Add(Lane.Bulk, 1);
        queue.Spool.Step(final: false);
        Assert.Equal(0ul, queue.Queue.DurableTo(Lane.Bulk));
        _time.AdvanceMilliseconds(960);
        queue.Add(Lane.High, 7);
        queue.Spool.Step(final: false);
        Assert.Equal((0ul, 6ul), (queue.Queue.DurableTo(Lane.Bulk), queue.Queue.DurableTo(Lane.High)));
        _time.Advance(DiskSpool.HighDelay);
        queue.Spool.Step(final: false);
        Assert.Equal((1ul, 7ul), (queue.Queue.DurableTo(Lane.Bulk), queue.Queue.DurableTo(Lane.High)));
    }

    [Fact]
    public void Number_that_was_dropped_is_durable_when_its_loss_is_and_one_that_was_delivered_is_at_once()
    {
        using var queue = Open(maxBytes: 1);
        queue.Add(Lane.Bulk, 1);
        queue.Add(Lane.Bulk, 2);
        Assert.Equal(0ul, queue.Queue.DurableTo(Lane.Bulk));
        queue.Ship();
        Assert.Equal(2ul, queue.Queue.DurableTo(Lane.Bulk));
    }

    [Fact]
    public void Second_agent_on_the_folder_is_refused_by_name()
    {
        using var first = Open();
        var refused = Assert.Throws<SpoolInUseException>(() => Open());
        Assert.Equal(
            $"spool.path: another agent (process {Environment.ProcessId}) uses {Folder}; end it, or give this one a folder of its own", refused.Message);
    }

    [Fact]
    public void Batch_that_was_shipped_with_an_account_before_it_was_written_is_written_as_it_was()
    {
        using (var first = Open())
        {
            first.Add(Lane.High, 1);
            first.Add(Lane.High, 2);
            first.Ship(delivered: false);
            Assert.Equal(new SequenceRange(1, 2), first.Queue.Begin()!.Range);
            first.Spool.Step(final: false);
        }

        using var second = Open();
        var frame = Assert.Single(second.Drain());
        Assert.Equal(("High 1..2", new SequenceRange(1, 1)), (SpooledQueue.Name(frame), Assert.Single(frame.Lost).Range));
    }

    [Fact]
    public void Lost_cursor_makes_batches_come_again_but_none_missing()
    {
        using (var first = Open(segmentBytes: 1))
        {
            for (ulong n = 1; n <= 4; n++)
            {
                first.Add(Lane.Bulk, n);
            }

            first.Spool.Step(final: false);
            first.Ship();
            first.Spool.Step(final: false);
        }

        File.WriteAllText(Path.Combine(Folder, "cursor"), "x");
        using var second = Open();
        var frames = second.Drain();
        Assert.Equal(["Bulk 2..2", "Bulk 3..3", "Bulk 4..4"], frames.Select(SpooledQueue.Name));
        Assert.All(frames, f => Assert.Empty(f.Lost));
    }

    [Fact]
    public void Bytes_leave_memory_when_they_are_durable_and_files_when_they_were_delivered()
    {
        using var queue = Open(segmentBytes: 1);
        for (ulong n = 1; n <= 3; n++)
        {
            queue.Add(Lane.Bulk, n);
        }

        _time.Advance(DiskSpool.BulkDelay);
        queue.Spool.Step(final: false);
        Assert.Equal(3, Segments.Length);
        queue.Ship();
        queue.Ship();
        queue.Spool.Step(final: false);
        Assert.Single(Segments);
        Assert.Equal("Bulk 3..3", SpooledQueue.Name(queue.Ship()!));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Folder, "cursor")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Folder));
    }

    [Fact]
    public void File_that_cannot_be_deleted_does_not_keep_others_from_being_written()
    {
        using var queue = Open(segmentBytes: 1);
        queue.Add(Lane.Bulk, 1);
        queue.Add(Lane.Bulk, 2);
        queue.Spool.Step(final: false);
        var refused = Segments[0];
        File.Delete(refused);
        Directory.CreateDirectory(refused);
        queue.Ship();
        queue.Add(Lane.Bulk, 3);
        _time.Advance(DiskSpool.BulkDelay);
        queue.Spool.Step(final: false);
        queue.Spool.Step(final: false);

        Assert.True(queue.Spool.IsDurable);
        Assert.Equal((2, 3ul), (Segments.Length, queue.Queue.DurableTo(Lane.Bulk)));
        Assert.Contains("cannot be deleted, and takes room until it can", Assert.Single(_reports), StringComparison.Ordinal);

        Directory.Delete(refused);
        File.WriteAllText(refused, "");
        queue.Ship();
        _time.Advance(DiskSpool.RetryAfter);
        queue.Spool.Step(final: false);
        Assert.False(File.Exists(refused));
        Assert.Single(_reports);
    }

    [Fact]
    public void File_that_could_be_made_and_not_opened_does_not_stand_in_the_way_of_the_next()
    {
        using var queue = Open(segmentBytes: 1);
        queue.Add(Lane.Bulk, 1);
        queue.Spool.Step(final: false);
        var number = long.Parse(Path.GetFileName(Segments[0]).Split('-')[0], System.Globalization.CultureInfo.InvariantCulture);
        File.WriteAllText(Path.Combine(Folder, $"{number + 1:D12}-{(byte)Lane.Bulk}.segment"), "");
        queue.Add(Lane.Bulk, 2);
        queue.Spool.Step(final: false);
        Assert.False(queue.Spool.IsDurable);

        _time.Advance(DiskSpool.RetryAfter);
        queue.Spool.Step(final: false);
        Assert.True(queue.Spool.IsDurable);
        Assert.Equal(["Bulk 1..1", "Bulk 2..2"], queue.Drain().Select(SpooledQueue.Name));
    }

    private SpooledQueue Open(long maxBytes = 1 << 20, TimeSpan? maxAge = null, long segmentBytes = 1 << 16) =>
        new(Folder, _time, maxBytes, maxAge, segmentBytes, _reports.Add);
}
