using System.Buffers.Binary;
using System.IO.Hashing;
using EdgeAgent.Delivery;
using EdgeAgent.Spool;
using EdgeAgent.Tests.Fakes;
using Support;
using Wire.Model;

namespace EdgeAgent.Tests.Spool;

public sealed class DeliveryCursorTests : IDisposable
{
    private const int SlotBytes = 4096;
    private readonly TemporaryFolder _folder = new();

    private string File => _folder["cursor"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Latest_place_of_each_lane_is_found_again()
    {
        Write(5);
        using var again = new DeliveryCursor(File);
        Assert.True(again.IsKnown);
        Assert.Equal((new DeliveredTo(2, 5, 50), new DeliveredTo(2, 1, 10), 2ul), (again.Of(Lane.Bulk), again.Of(Lane.High), again.LatestLife));
    }

    [Fact]
    public void Batch_under_way_and_the_links_of_the_chains_are_found_again_in_their_order()
    {
        Write(1);
        ChainTip[] tips = [.. Enumerable.Range(1, FrameChain.MaxTips).Select(n => new ChainTip(UInt128.MaxValue / (UInt128)n, FrameDigest.Of([(byte)n])))];
        using (var cursor = new DeliveryCursor(File))
        {
            Assert.Null(cursor.UnderWay);
            Assert.Empty(cursor.Tips);
            cursor.Open(3);
            cursor.Set(Lane.Bulk, null, tips);
            cursor.Begin(3, 77, isAccount: false);
        }

        using var again = new DeliveryCursor(File);
        Assert.Equal((3ul, 77ul), again.UnderWay);
        Assert.Equal(tips, again.Tips);
        Assert.Equal((new DeliveredTo(2, 1, 10), 3ul), (again.Of(Lane.Bulk), again.LatestLife));
    }

    [HollowDiskFact]
    public void Sync_that_failed_is_not_taken_for_done_the_next_time()
    {
        using var disk = new HollowDisk();
        var path = Path.Combine(disk.Folder, "cursor");
        for (var refused = 0; refused < 4;)
        {
            var filler = Path.Combine(disk.Folder, $"{Guid.NewGuid():N}");
            System.IO.File.WriteAllBytes(filler, new byte[SlotBytes * 2]);
            refused = SmallDisk.Run("sync", "-d", filler) ? 0 : refused + 1;
        }

        using (var cursor = new DeliveryCursor(path))
        {
            Assert.Throws<IOException>(() => cursor.Open(1));
            Assert.Throws<IOException>(cursor.Sync);
            cursor.Set(Lane.Bulk, new DeliveredTo(1, 7, 70), []);
            disk.Grow();

            // The device may tell of what it refused before once more, of whatever file.
            for (var refused = 0; ; refused++)
            {
                try
                {
                    cursor.Sync();
                    break;
                }
                catch (IOException) when (refused < 4)
                {
                    // Not taken for done.
                }
            }

            cursor.Set(Lane.High, new DeliveredTo(1, 8, 80), []);
            cursor.Sync();
        }

        using var again = new DeliveryCursor(path);
        Assert.Equal((new DeliveredTo(1, 7, 70), new DeliveredTo(1, 8, 80)), (again.Of(Lane.Bulk), again.Of(Lane.High)));
    }

    [SmallDiskFact]
    public void Write_that_failed_is_tried_again_in_its_own_slot()
    {
        using var disk = new SmallDisk();
        var path = Path.Combine(disk.Path, "cursor");
        using var cursor = new DeliveryCursor(path);
        cursor.Open(1);
        var good = System.IO.File.ReadAllBytes(path)[SlotBytes..];

        // With a hole where the other slot was, that one alone cannot be written.
        using (var hole = System.IO.File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            RandomAccess.SetLength(hole, 0);
            RandomAccess.Write(hole, good, SlotBytes);
        }

        disk.Fill();
        Assert.Throws<IOException>(() => cursor.Set(Lane.Bulk, new DeliveredTo(1, 7, 70), []));
        Assert.Throws<IOException>(cursor.Write);
        Assert.Equal(good, System.IO.File.ReadAllBytes(path)[SlotBytes..]);

        disk.Free();
        cursor.Write();
        using var again = new DeliveryCursor(path);
        Assert.Equal(new DeliveredTo(1, 7, 70), again.Of(Lane.Bulk));
    }

    [SmallDiskFact]
    public void Disk_that_is_full_has_room_for_what_is_delivered()
    {
        using var disk = new SmallDisk();
        var path = Path.Combine(disk.Path, "cursor");
        using var cursor = new DeliveryCursor(path);
        cursor.Open(1);
        disk.Fill();
        cursor.Set(Lane.Bulk, new DeliveredTo(1, 7, 70), []);
        cursor.Set(Lane.Bulk, new DeliveredTo(1, 8, 80), []);
        using var again = new DeliveryCursor(path);
        Assert.Equal(new DeliveredTo(1, 8, 80), again.Of(Lane.Bulk));
    }

    [Fact]
    public void Missing_file_tells_nothing()
    {
        using var cursor = new DeliveryCursor(File);
        Assert.False(cursor.IsKnown);
        Assert.Null(cursor.Of(Lane.High));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Of_a_write_that_was_torn_the_one_before_is_found(int writes)
    {
        Write(writes);
        var bytes = System.IO.File.ReadAllBytes(File);
        for (var slot = 0; slot < 2; slot++)
        {
            var torn = bytes.ToArray();
            torn.AsSpan((SlotBytes * slot) + 100, 300).Clear();
            torn[(SlotBytes * slot) + 17] ^= 1;
            System.IO.File.WriteAllBytes(File, torn);
            using var cursor = new DeliveryCursor(File);
            Assert.InRange(cursor.Of(Lane.Bulk)!.Value.Id, (ulong)writes - 1, (ulong)writes);
        }
    }

    [Fact]
    public void File_of_another_kind_tells_nothing_and_is_written_over()
    {
        System.IO.File.WriteAllBytes(File, [.. Enumerable.Repeat((byte)0x45, 3000)]);
        Write(1);
        using var cursor = new DeliveryCursor(File);
        Assert.Equal(new DeliveredTo(2, 1, 10), cursor.Of(Lane.Bulk));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void File_of_an_agent_with_small_slots_is_read_and_stays_readable_until_a_new_slot_is_whole(ulong writes)
    {
        System.IO.File.WriteAllBytes(File, [.. SmallSlot(writes - (writes % 2)), .. SmallSlot(writes - 1 + (writes % 2))]);
        var old = System.IO.File.ReadAllBytes(File);
        using (var cursor = new DeliveryCursor(File))
        {
            Assert.Equal((new DeliveredTo(7, writes, 9), (7ul, 3ul)), (cursor.Of(Lane.Bulk), cursor.UnderWay));
            Assert.Equal([new ChainTip(5, FrameDigest.Of([1])), new ChainTip(6, FrameDigest.Of([2]))], cursor.Tips);
            cursor.Open(8);
            Assert.Equal(old, System.IO.File.ReadAllBytes(File)[..old.Length]);
            cursor.Set(Lane.Bulk, new DeliveredTo(8, 1, 1), []);
        }

        using var again = new DeliveryCursor(File);
        Assert.Equal((new DeliveredTo(8, 1, 1), 8ul), (again.Of(Lane.Bulk), again.LatestLife));
        Assert.Empty(again.Tips);
    }

    // As agents wrote it that knew eight chains: 512 bytes, the links from byte 248 on.
    private static byte[] SmallSlot(ulong writes)
    {
        var slot = new byte[512];
        RecordFormat.Magic.CopyTo(slot);
        BinaryPrimitives.WriteInt32LittleEndian(slot.AsSpan(4), 2);
        ulong[] values = [writes, (byte)Lane.Bulk, 7, writes, 9, 254, 7, 3, 0];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(slot.AsSpan(8 + (8 * i)), values[i]);
        }

        for (var i = 0; i < 2; i++)
        {
            BinaryPrimitives.WriteUInt128LittleEndian(slot.AsSpan(248 + (32 * i)), (UInt128)(5 + i));
            FrameDigest.Of([(byte)(i + 1)]).Write(slot.AsSpan(264 + (32 * i)));
        }

        BinaryPrimitives.WriteUInt64LittleEndian(slot.AsSpan(504), XxHash3.HashToUInt64(slot.AsSpan(0, 504)));
        return slot;
    }

    private void Write(int writes)
    {
        using var cursor = new DeliveryCursor(File);
        cursor.Open(2);
        cursor.Set(Lane.High, new DeliveredTo(2, 1, 10), []);
        for (ulong n = 1; n <= (ulong)writes; n++)
        {
            cursor.Set(Lane.Bulk, new DeliveredTo(2, n, n * 10), []);
        }
    }
}
