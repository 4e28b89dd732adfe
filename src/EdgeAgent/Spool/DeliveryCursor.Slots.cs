using System.Buffers.Binary;
using System.IO.Hashing;
using EdgeAgent.Delivery;
using Microsoft.Win32.SafeHandles;
using Wire.Model;

namespace EdgeAgent.Spool;

/// <content>A slot to bytes, and back.</content>
internal sealed partial class DeliveryCursor
{
    /// <summary>Writes to the slot that is not the newest; one that could not be written is the next one again.</summary>
    private void WriteSlot(SafeFileHandle handle)
    {
        var writes = _writes + 1;
        var slot = _slot.AsSpan();
        slot.Clear();
        RecordFormat.Magic.CopyTo(slot);
        BinaryPrimitives.WriteInt32LittleEndian(slot[4..], _lanes.Count);
        BinaryPrimitives.WriteUInt64LittleEndian(slot[8..], writes);
        var at = 16;
        foreach (var (lane, to) in _lanes)
        {
            ReadOnlySpan<ulong> values = [lane, to.Life, to.Id, to.Reached];
            foreach (var value in values)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(slot[at..], value);
                at += sizeof(ulong);
            }
        }

        WriteTips(slot[TipsOffset(SlotBytes, FrameChain.MaxTips)..]);
        BinaryPrimitives.WriteUInt64LittleEndian(slot[^8..], XxHash3.HashToUInt64(slot[..^8]));
        SpoolFiles.Write(handle, slot, writes % 2 == 0 ? 0 : SlotBytes);
        _writes = writes;
    }

    private static int TipsOffset(int slotBytes, int tips) => slotBytes - sizeof(ulong) - (tips * TipBytes);

    // True when the slot is whole and newer than what is known: then it is known now.
    private bool Read(SafeFileHandle handle, long offset, int slotBytes, int tips)
    {
        var slot = _slot.AsSpan(0, slotBytes);
        if (RandomAccess.Read(handle, slot, offset) != slotBytes || !slot.StartsWith(RecordFormat.Magic)
            || BinaryPrimitives.ReadUInt64LittleEndian(slot[^8..]) != XxHash3.HashToUInt64(slot[..^8])
            || BinaryPrimitives.ReadUInt64LittleEndian(slot[8..]) <= _writes)
        {
            return false;
        }

        _writes = BinaryPrimitives.ReadUInt64LittleEndian(slot[8..]);
        _lanes.Clear();
        for (var (i, at) = (0, 16); i < Math.Min(BinaryPrimitives.ReadInt32LittleEndian(slot[4..]), MaxEntries); i++, at += EntryBytes)
        {
            _lanes[slot[at]] = new DeliveredTo(
                BinaryPrimitives.ReadUInt64LittleEndian(slot[(at + 8)..]),
                BinaryPrimitives.ReadUInt64LittleEndian(slot[(at + 16)..]),
                BinaryPrimitives.ReadUInt64LittleEndian(slot[(at + 24)..]));
        }

        _tips = ReadTips(slot[TipsOffset(slotBytes, tips)..^sizeof(ulong)]);
        return true;
    }

    private void WriteTips(Span<byte> slot)
    {
        foreach (var (chain, digest) in _tips)
        {
            BinaryPrimitives.WriteUInt128LittleEndian(slot, chain);
            digest.Write(slot[16..]);
            slot = slot[TipBytes..];
        }
    }

    private static List<ChainTip> ReadTips(ReadOnlySpan<byte> slot)
    {
        var tips = new List<ChainTip>();
        for (; !slot.IsEmpty && slot[..TipBytes].ContainsAnyExcept((byte)0); slot = slot[TipBytes..])
        {
            tips.Add(new ChainTip(BinaryPrimitives.ReadUInt128LittleEndian(slot), FrameDigest.Read(slot[16..])));
        }

        return tips;
    }
}
