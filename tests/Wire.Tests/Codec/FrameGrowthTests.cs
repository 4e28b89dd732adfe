using Support;
using Wire.Codec;
using Wire.Model;

namespace Wire.Tests.Codec;

/// <summary>What a later version may add without a new format version: this decoder steps over it and keeps the rest.</summary>
public sealed class FrameGrowthTests
{
    private static readonly byte[] Whole = new FrameEncoder().Encode(GoldenFrames.All["every-kind"]);
    private static readonly string Text = FrameText.Of(GoldenFrames.All["every-kind"]);

    [Theory]
    [InlineData(14)]
    [InlineData(29)]
    [InlineData(33)]
    [InlineData(100_000)]
    public void An_unknown_field_of_the_frame_is_stepped_over(uint id)
    {
        var asNumber = FrameSurgery.Fields(Whole);
        asNumber.Add(id, FrameSurgery.Bytes(writer => writer.WriteField(id, ulong.MaxValue)));
        Assert.Equal(Text, Decode(FrameSurgery.Seal(asNumber)));

        var asBlock = FrameSurgery.Fields(Whole);
        asBlock.Add(id, FrameSurgery.Block(id, writer => writer.WriteRawText("news")));
        Assert.Equal(Text, Decode(FrameSurgery.Seal(asBlock)));
    }

    [Theory]
    [InlineData(FrameField.Actors, 20)]
    [InlineData(FrameField.Files, 8)]
    [InlineData(FrameField.Processes, 11)]
    public void An_unknown_field_of_a_table_entry_is_stepped_over(uint table, uint id)
    {
        var entry = FrameSurgery.Bytes(writer => writer.WriteField(id + 1, 5));
        var before = Minimal(FrameSurgery.Bytes(_ => { }), table);
        var after = Minimal(entry, table);
        Assert.Equal(Decode(before), Decode(after));
        Assert.NotEqual(before.Length, after.Length);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(15)]
    [InlineData(60)]
    [InlineData(4_000)]
    public void An_unknown_field_of_an_event_is_stepped_over(uint id)
    {
        Assert.Equal(
            Decode(OneEvent((ulong)EventKind.Exit, _ => { })),
            Decode(OneEvent((ulong)EventKind.Exit, writer => writer.WriteField(id, [1, 2, 3]))));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(200)]
    [InlineData(100_000)]
    public void An_event_of_an_unknown_kind_is_counted_and_the_next_one_is_read(ulong kind)
    {
        var fields = FrameSurgery.Fields(OneEvent((ulong)EventKind.Exit, _ => { }));
        fields[FrameField.RangeCount] = FrameSurgery.Bytes(writer => writer.WriteField(FrameField.RangeCount, 10));
        fields[FrameField.Events] = FrameSurgery.Block(FrameField.Events, writer =>
        {
            writer.WriteVarint(2);
            writer.WriteVarint(kind);
            writer.WriteBlock([3, 20, 99, 99, .. FrameSurgery.Bytes(w => w.WriteField(70, 1))]);
            writer.WriteVarint((ulong)EventKind.Exit);
            writer.WriteBlock([2, 20, 0, 0]);
        });

        Assert.True(FrameDecoder.TryDecode(FrameSurgery.Seal(fields), out var frame, out var error), error.ToString());
        Assert.Equal(1, frame.UnknownEvents);
        var exit = Assert.IsType<ExitEvent>(Assert.Single(frame.Events));
        Assert.Equal((7ul, 20ul), (exit.Sequence, exit.BootNs));
    }

    // A frame of one process, actor and file without fields, but for the table named, and one event of them.
    private static byte[] Minimal(byte[] entry, uint table)
    {
        var fields = FrameSurgery.Fields(OneEvent((ulong)EventKind.FileOpen, writer => writer.WriteField(EventField.File, 0)));
        fields[table] = FrameSurgery.Block(table, writer =>
        {
            writer.WriteVarint(1);
            writer.WriteBlock(entry);
        });
        return FrameSurgery.Seal(fields);
    }

    private static byte[] OneEvent(ulong kind, Action<WireWriter> write)
    {
        var fields = FrameSurgery.Fields(new FrameEncoder().Encode(GoldenFrames.All["smallest"]));
        fields[FrameField.RangeCount] = FrameSurgery.Bytes(writer => writer.WriteField(FrameField.RangeCount, 1));
        foreach (var table in new[] { FrameField.Actors, FrameField.Files, FrameField.Processes })
        {
            fields[table] = FrameSurgery.Block(table, writer => writer.WriteRaw([1, 0]));
        }

        fields[FrameField.Events] = FrameSurgery.Block(FrameField.Events, writer =>
        {
            writer.WriteVarint(1);
            writer.WriteVarint(kind);
            writer.WriteBlock([0, 0, 0, 0, .. FrameSurgery.Bytes(write)]);
        });
        return FrameSurgery.Seal(fields);
    }

    private static string Decode(byte[] bytes)
    {
        Assert.True(FrameDecoder.TryDecode(bytes, out var frame, out var error), error.ToString());
        return FrameText.Of(frame);
    }
}
