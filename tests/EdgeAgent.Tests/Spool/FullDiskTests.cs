using EdgeAgent.Spool;
using EdgeAgent.Tests.Fakes;
using Support;
using Wire.Model;

namespace EdgeAgent.Tests.Spool;

public sealed class FullDiskTests
{
    private readonly ManualTime _time = new();
    private readonly List<string> _reports = [];

    [SmallDiskFact]
    public void Full_disk_is_reported_once_and_what_waits_in_memory_is_written_when_there_is_room()
    {
        using var disk = new SmallDisk();
        using (var queue = Open(disk))
        {
            queue.Add(Lane.Bulk, 1);
            Step(queue);
            Assert.Equal(1ul, queue.Queue.DurableTo(Lane.Bulk));
            disk.Fill();
            for (ulong n = 2; n <= 60; n++)
            {
                queue.Add(Lane.Bulk, n);
                Step(queue);
            }

            var trouble = Assert.Single(_reports);
            Assert.StartsWith($"spool {disk.Path}/spool: No space left on device", trouble, StringComparison.Ordinal);
            Assert.EndsWith("It is tried again every 1 s: make room, or make the folder writable", trouble, StringComparison.Ordinal);
            Assert.False(queue.Spool.IsDurable);
            Assert.InRange(queue.Queue.DurableTo(Lane.Bulk), 1ul, 59ul);

            // What is there can be shipped, also from memory.
            Assert.Equal("Bulk 1..1", SpooledQueue.Name(queue.Ship()!));
            disk.Free();
            Step(queue);
            Assert.Equal($"spool {disk.Path}/spool: works again", _reports[^1]);
            Assert.Equal((2, 60ul), (_reports.Count, queue.Queue.DurableTo(Lane.Bulk)));
        }

        using var next = Open(disk);
        Assert.Equal(Enumerable.Range(2, 59).Select(n => $"Bulk {n}..{n}"), next.Drain().Select(SpooledQueue.Name));
        Assert.Equal((0L, 0L), (next.Queue.DroppedEvents, next.Spool.Damaged));
    }

    [SmallDiskFact]
    public void Disk_that_was_full_when_the_agent_was_killed_holds_what_was_durable()
    {
        using var disk = new SmallDisk();
        var durable = 0ul;
        using (var queue = Open(disk))
        {
            // Until the disk itself is full.
            for (ulong n = 1; queue.Spool.IsDurable; n++)
            {
                queue.Add(Lane.High, n);
                Step(queue);
            }

            durable = queue.Queue.DurableTo(Lane.High);
        }

        Assert.True(durable > 100);
        using var next = Open(disk);
        Assert.Equal(durable, next.Drain()[^1].Range.Last);
        next.Spool.Step(final: true);
        Assert.Empty(Directory.GetFiles($"{disk.Path}/spool", "*.segment"));
    }

    [SmallDiskFact]
    public void From_a_read_only_disk_is_shipped_what_is_there_and_it_is_used_again_when_it_can_be_written()
    {
        using var disk = new SmallDisk();
        using (var queue = Open(disk))
        {
            queue.Add(Lane.Bulk, 1);
            queue.Add(Lane.Bulk, 2);
            Step(queue);
        }

        disk.Remount("ro");
        using (var second = Open(disk))
        {
            Assert.Contains("Read-only file system", Assert.Single(_reports, r => !r.Contains("left from before", StringComparison.Ordinal)), StringComparison.Ordinal);
            second.Add(Lane.Bulk, 101);
            Step(second);
            Assert.Equal("Bulk 1..1", SpooledQueue.Name(second.Ship()!));
            disk.Remount("rw");
            Step(second);
            Assert.EndsWith("works again", _reports[^1], StringComparison.Ordinal);
        }

        using var third = Open(disk);
        Assert.Equal(["Bulk 2..2", "Bulk 101..101"], third.Drain().Select(SpooledQueue.Name));
    }

    [SmallDiskFact]
    public void Folder_that_cannot_be_made_is_made_when_it_can()
    {
        using var disk = new SmallDisk();
        disk.Remount("ro");
        using var queue = Open(disk);
        queue.Add(Lane.High, 1);
        Step(queue);
        Assert.False(queue.Spool.IsDurable);
        disk.Remount("rw");
        Step(queue);
        Assert.Equal((true, 1ul), (queue.Spool.IsDurable, queue.Queue.DurableTo(Lane.High)));
        Assert.Equal("High 1..1", SpooledQueue.Name(queue.Ship()!));
    }

    [SmallDiskFact]
    public void Frames_that_are_found_when_the_disk_comes_late_are_shipped_before_all_of_their_lane_that_wait()
    {
        using var disk = new SmallDisk();
        using (var first = Open(disk))
        {
            first.Add(Lane.High, 1);
            Step(first);
        }

        // As a folder that is not mounted yet.
        Directory.Move($"{disk.Path}/spool", $"{disk.Path}/elsewhere");
        disk.Remount("ro");
        using var late = Open(disk);
        late.Add(Lane.High, 101);
        late.Add(Lane.High, 102);
        Assert.NotNull(late.Queue.Begin());
        disk.Remount("rw");
        Directory.Move($"{disk.Path}/elsewhere", $"{disk.Path}/spool");
        Step(late);
        late.Queue.Complete(delivered: true);
        Assert.Equal(["High 1..1", "High 102..102"], late.Drain().Select(SpooledQueue.Name));
    }

    [HollowDiskFact]
    public void Sync_that_fails_makes_nothing_durable_and_what_it_should_have_is_written_to_another_file()
    {
        using var disk = new HollowDisk();
        var added = 0ul;
        using (var queue = Open(disk.Folder))
        {
            while (queue.Spool.IsDurable)
            {
                queue.Add(Lane.High, ++added);
                Step(queue);
            }

            Assert.Equal(added - 1, queue.Queue.DurableTo(Lane.High));
            var newest = Newest();
            disk.Grow();

            // Each file of which something was not written says so once.
            for (var attempts = 0; attempts < 10 && !queue.Spool.IsDurable; attempts++)
            {
                Step(queue);
            }

            Assert.True(queue.Spool.IsDurable, string.Join('\n', _reports));
            Assert.Equal(added, queue.Queue.DurableTo(Lane.High));
            Assert.NotEqual(newest, Newest());
        }

        using var next = Open(disk.Folder);
        Assert.Equal(Enumerable.Range(1, (int)added).Select(n => (ulong)n), next.Drain().Select(f => f.Range.First));
        Assert.Equal(0, next.Queue.DroppedEvents);

        string? Newest() => Directory.GetFiles($"{disk.Folder}/spool", "*.segment").Max(StringComparer.Ordinal);
    }

    private SpooledQueue Open(SmallDisk disk) => Open(disk.Path);

    private SpooledQueue Open(string folder) => new($"{folder}/spool", _time, segmentBytes: 4000, report: _reports.Add);

    private void Step(SpooledQueue queue)
    {
        _time.Advance(DiskSpool.RetryAfter);
        queue.Spool.Step(final: false);
    }
}
