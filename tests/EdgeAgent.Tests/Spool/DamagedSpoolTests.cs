using EdgeAgent.Spool;
using EdgeAgent.Tests.Fakes;
using Support;
using Wire.Model;

namespace EdgeAgent.Tests.Spool;

/// <summary>What a disk did to records that were written.</summary>
public sealed class DamagedSpoolTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly List<string> _reports = [];

    private string Folder => _folder["spool"];

    private string[] Segments => [.. Directory.GetFiles(Folder, "*.segment").Order(StringComparer.Ordinal)];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Damaged_record_is_kept_aside_once_and_told_as_lost_and_the_next_is_read()
    {
        Fill(lane: Lane.Bulk, count: 3);
        Flip(Segments[0], new FileInfo(Segments[0]).Length / 2);
        using (var second = Open())
        {
            Assert.Equal(1, second.Spool.Damaged);
            Assert.Equal(1, second.Queue.DroppedEvents);
        }

        Assert.Single(Directory.GetFiles(Folder, "*.damaged"));
        Assert.Contains(_reports, line => line.EndsWith("1 places were damaged; what stood there is kept beside them (*.damaged), and the events are counted as lost", StringComparison.Ordinal));
        using var third = Open();
        Assert.Equal(0, third.Spool.Damaged);
        var frames = third.Drain();
        Assert.Equal(["Bulk 1..1", "Bulk 2..3"], frames.Select(SpooledQueue.Name));
        Assert.Equal(new SequenceRange(2, 2), Assert.Single(frames[1].Lost).Range);
    }

    [Fact]
    public void Damaged_newest_record_is_told_by_a_frame_of_its_own()
    {
        Fill(lane: Lane.High, count: 2);
        Flip(Segments[0], new FileInfo(Segments[0]).Length - 1);
        using var second = Open();
        var frames = second.Drain();
        Assert.Equal(["High 1..1", "High 2..2"], frames.Select(SpooledQueue.Name));
        Assert.Equal((0, new SequenceRange(2, 2)), (frames[1].Events.Count, Assert.Single(frames[1].Lost).Range));
        second.End();
        Assert.Empty(Segments);
    }

    [Fact]
    public void Record_that_is_damaged_while_the_agent_runs_is_told_as_lost()
    {
        Fill(lane: Lane.Bulk, count: 3);
        using var second = Open();
        Flip(Segments[0], new FileInfo(Segments[0]).Length / 2);
        var frames = second.Drain();
        Assert.Equal(["Bulk 1..1", "Bulk 2..3"], frames.Select(SpooledQueue.Name));
        Assert.Equal((1L, 1L), (second.Queue.DroppedEvents, second.Spool.Damaged));
    }

    [Fact]
    public void Torn_last_record_is_cut_off()
    {
        Fill(lane: Lane.Bulk, count: 2);
        var whole = new FileInfo(Segments[0]).Length;
        using (var file = File.OpenWrite(Segments[0]))
        {
            file.SetLength(whole - 3);
        }

        using (var second = Open())
        {
            Assert.Equal(0, second.Spool.Damaged);
            Assert.Equal(whole / 2, new FileInfo(Segments[0]).Length);
            Assert.Equal(["Bulk 1..1"], second.Drain().Select(SpooledQueue.Name));
        }
    }

    private SpooledQueue Open() => new(Folder, _time, report: _reports.Add);

    private void Fill(Lane lane, int count)
    {
        using var queue = Open();
        for (var n = 1; n <= count; n++)
        {
            queue.Add(lane, (ulong)n);
        }

        queue.Spool.Step(final: false);
    }

    private static void Flip(string file, long at)
    {
        using var stream = File.Open(file, FileMode.Open, FileAccess.ReadWrite);
        stream.Position = at;
        var value = stream.ReadByte();
        stream.Position = at;
        stream.WriteByte((byte)(value ^ 1));
    }
}
