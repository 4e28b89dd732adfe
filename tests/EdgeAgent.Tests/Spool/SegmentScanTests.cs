using EdgeAgent.Spool;
using Wire.Model;

namespace EdgeAgent.Tests.Spool;

public sealed class SegmentScanTests
{
    private static readonly byte[][] Records = [.. Enumerable.Range(1, 3).Select(n => Record((ulong)n))];
    private static readonly byte[] Whole = [.. Records.SelectMany(r => r)];

    [Fact]
    public void All_records_of_a_whole_file_are_found()
    {
        var scan = SegmentScan.Of(Whole);
        Assert.Equal([1ul, 2, 3], scan.Records.Select(r => r.Header.Facts.Id));
        Assert.Equal([0L, Records[0].Length, 2 * Records[0].Length], scan.Records.Select(r => r.Offset));
        Assert.All(scan.Records, r => Assert.True(r.IsIntact));
        Assert.Empty(scan.Damages);
        Assert.Null(scan.TornAt);
    }

    [Fact]
    public void Last_record_that_was_not_written_whole_is_torn_wherever_it_ends()
    {
        var begin = Records[0].Length + Records[1].Length;
        for (var length = begin + 1; length < Whole.Length; length++)
        {
            var scan = SegmentScan.Of(Whole.AsSpan(0, length));
            Assert.Equal((2, 0, begin), (scan.Records.Count, scan.Damages.Count, scan.TornAt));
        }
    }

    [Fact]
    public void Zeros_that_a_loss_of_power_leaves_at_the_end_are_torn()
    {
        var scan = SegmentScan.Of([.. Records[0], .. new byte[5000]]);
        Assert.Equal((1, 0, Records[0].Length), (scan.Records.Count, scan.Damages.Count, scan.TornAt));
    }

    [Fact]
    public void Damaged_frame_is_told_with_its_numbers_and_the_next_record_is_read()
    {
        var bytes = Whole.ToArray();
        bytes[Records[0].Length * 2 - 1] ^= 1;
        var scan = SegmentScan.Of(bytes);
        Assert.Equal([true, false, true], scan.Records.Select(r => r.IsIntact));
        var damage = Assert.Single(scan.Damages);
        Assert.Equal((Records[0].Length, Records[1].Length, 2ul), (damage.Offset, damage.Length, damage.Facts!.Id));
    }

    [Fact]
    public void Behind_a_damaged_header_the_next_record_is_looked_for()
    {
        for (var at = 0; at < RecordFormat.FixedBytes; at++)
        {
            var bytes = Whole.ToArray();
            bytes[Records[0].Length + at] ^= 0x10;
            var scan = SegmentScan.Of(bytes);
            Assert.Equal([1ul, 3], scan.Records.Select(r => r.Header.Facts.Id));
            Assert.Equal([new Damage(Records[0].Length, Records[1].Length, null)], scan.Damages);
        }
    }

    [Fact]
    public void Record_whose_end_is_missing_in_the_middle_of_a_file_hides_none_behind_it()
    {
        var scan = SegmentScan.Of([.. Records[0], .. Records[1].AsSpan(0, Records[1].Length - 2), .. Records[2]]);
        Assert.Contains(scan.Records, r => r.Header.Facts.Id == 3 && r.IsIntact);
        Assert.Contains(scan.Records, r => r.Header.Facts.Id == 2 && !r.IsIntact);
    }

    [Fact]
    public void Bytes_of_another_kind_at_the_end_are_damage()
    {
        var scan = SegmentScan.Of([.. Records[0], .. "something else"u8]);
        Assert.Equal([new Damage(Records[0].Length, 14, null)], scan.Damages);
        Assert.Null(scan.TornAt);
    }

    private static byte[] Record(ulong id) => RecordFormatTests.Record(
        RecordFormatTests.Facts with { Id = id, Range = new SequenceRange(id, id), FrameBytes = 300 }, 1, [.. Enumerable.Repeat((byte)id, 300)]);
}
