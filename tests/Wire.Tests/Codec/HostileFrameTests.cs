using FsCheck;
using FsCheck.Fluent;
using Support;
using Wire.Codec;
using Wire.Model;

namespace Wire.Tests.Codec;

/// <summary>Frames with the right checksum and lies inside: each is refused with kind and offset, at bounded cost.</summary>
public sealed class HostileFrameTests
{
    private static readonly byte[][] Seeds = GoldenFrames.All.Values.Select(new FrameEncoder().Encode).ToArray();

    [Fact]
    public void Random_bytes_never_throw() => Prop
        .ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes => NeverThrows(bytes) && NeverThrows(FrameSurgery.Seal(bytes)))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void Frames_with_random_changes_and_the_right_checksum_never_throw()
    {
        var random = new Random(20260101);
        for (var round = 0; round < 10_000; round++)
        {
            var body = new List<byte>(FrameSurgery.Body(Seeds[random.Next(Seeds.Length)]));
            for (var change = random.Next(1, 4); change > 0 && body.Count > 0; change--)
            {
                var at = random.Next(body.Count);
                switch (random.Next(4))
                {
                    case 0: body[at] ^= (byte)(1 << random.Next(8)); break;
                    case 1: body[at] = (byte)random.Next(256); break;
                    case 2: body.RemoveRange(at, Math.Min(random.Next(1, 9), body.Count - at)); break;
                    default: body.Insert(at, (byte)random.Next(256)); break;
                }
            }

            Assert.True(NeverThrows(FrameSurgery.Seal(body.ToArray())));
        }
    }

    [Theory]
    [InlineData(FrameField.Strings, FrameFormat.MaxStrings)]
    [InlineData(FrameField.Actors, FrameFormat.MaxTableEntries)]
    [InlineData(FrameField.Files, FrameFormat.MaxTableEntries)]
    [InlineData(FrameField.Processes, FrameFormat.MaxProcesses)]
    [InlineData(FrameField.Events, FrameFormat.MaxEvents)]
    [InlineData(FrameField.Lost, FrameFormat.MaxLostRanges)]
    [InlineData(FrameField.Progress, FrameFormat.MaxLanes)]
    public void A_count_is_not_believed(uint table, int max)
    {
        Assert.Equal(FrameErrorKind.TooLarge, Refusal(table, writer => writer.WriteVarint((ulong)max + 1)).Kind);
        Assert.Equal(FrameErrorKind.TooLarge, Refusal(table, writer => writer.WriteVarint(ulong.MaxValue)).Kind);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Refusal(table, writer => writer.WriteVarint((ulong)max));
        Assert.Equal(FrameErrorKind.Malformed, error.Kind);
        Assert.Contains("cannot stand in", error.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void The_largest_tables_a_frame_can_claim_stay_within_a_bound()
    {
        // A process is one byte here, the least it can be.
        var fields = FrameSurgery.Fields(Seeds[0]);
        fields[FrameField.Processes] = FrameSurgery.Block(FrameField.Processes, writer =>
        {
            writer.WriteVarint(FrameFormat.MaxProcesses);
            writer.WriteRaw(new byte[FrameFormat.MaxProcesses]);
        });
        // Strings that are hardly there and long in full.
        fields[FrameField.Strings] = FrameSurgery.Block(FrameField.Strings, writer =>
        {
            writer.WriteVarint(100_000);
            writer.WriteVarint(8_000 << 1);
            writer.WriteRaw(new byte[8_000]);
            for (var i = 1; i < 100_000; i++)
            {
                writer.WriteRaw([1, 1, 0xC0, 0x3E]);
            }
        });
        var bytes = FrameSurgery.Seal(fields);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.False(FrameDecoder.TryDecode(bytes, out _, out var error));
        Assert.Equal(FrameErrorKind.TooLarge, error.Kind);
        Assert.Contains("strings of more than", error.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
    }

    [Fact]
    public void A_lineage_longer_than_the_longest_is_refused()
    {
        var error = Refusal(FrameField.Processes, writer =>
        {
            writer.WriteVarint(300);
            writer.WriteBlock([]);
            for (var i = 1; i < 300; i++)
            {
                writer.WriteBlock(FrameSurgery.Bytes(w => w.WriteField(ProcessField.Parent, 1)));
            }
        });
        Assert.Contains("lineage of more than 256", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8_192, 2, true, 1)]
    [InlineData(8_191, 2, false, 1)]
    [InlineData(1, 20_000, true, 1)]
    [InlineData(8_000, 2, true, 300)]
    [InlineData(8_000, 2, false, 200)]
    public void Argv_is_bounded_after_its_references_are_followed(int length, int arguments, bool refused, int processes)
    {
        var fields = FrameSurgery.Fields(Seeds[0]);
        fields[FrameField.Strings] = FrameSurgery.Block(FrameField.Strings, writer =>
        {
            writer.WriteRaw([1]);
            writer.WriteVarint((ulong)length << 1);
            writer.WriteRaw(Enumerable.Repeat((byte)'A', length).ToArray());
        });
        fields[FrameField.Processes] = FrameSurgery.Block(FrameField.Processes, writer =>
        {
            writer.WriteVarint((ulong)processes);
            for (var i = 0; i < processes; i++)
            {
                writer.WriteBlock(FrameSurgery.Bytes(w => w.WriteField(ProcessField.Arguments, Enumerable.Repeat((byte)1, arguments).ToArray())));
            }
        });

        Assert.NotEqual(refused, FrameDecoder.TryDecode(FrameSurgery.Seal(fields), out _, out var error));
        Assert.Equal(refused ? FrameErrorKind.TooLarge : FrameErrorKind.None, error.Kind);
    }

    [Theory]
    [InlineData(FrameFormat.MaxStringLength, 0, false)]
    [InlineData(FrameFormat.MaxStringLength + 1, 0, true)]
    [InlineData(FrameFormat.MaxStringLength, 1, true)]
    public void A_string_is_bounded_also_one_that_begins_like_another(int length, int more, bool refused)
    {
        var fields = FrameSurgery.Fields(Seeds[0]);
        fields[FrameField.Strings] = FrameSurgery.Block(FrameField.Strings, writer =>
        {
            writer.WriteVarint(2);
            writer.WriteVarint((ulong)length << 1);
            writer.WriteRaw(Enumerable.Repeat((byte)'A', length).ToArray());
            writer.WriteVarint(((ulong)more << 1) | 1);
            writer.WriteVarint(1);
            writer.WriteVarint((ulong)length);
            writer.WriteRaw(Enumerable.Repeat((byte)'B', more).ToArray());
        });
        fields[FrameField.Processes] = FrameSurgery.Block(FrameField.Processes, writer => writer.WriteRaw([1, 0]));

        Assert.NotEqual(refused, FrameDecoder.TryDecode(FrameSurgery.Seal(fields), out _, out var error));
        Assert.Equal(refused ? FrameErrorKind.TooLarge : FrameErrorKind.None, error.Kind);
    }

    [Fact]
    public void A_text_of_the_host_is_bounded()
    {
        var fields = FrameSurgery.Fields(Seeds[0]);
        fields[FrameField.HostName] = FrameSurgery.Bytes(writer => writer.WriteTextUnless("", FrameField.HostName, new string('h', FrameFormat.MaxStringLength + 1)));

        Assert.False(FrameDecoder.TryDecode(FrameSurgery.Seal(fields), out _, out var error));
        Assert.Equal(FrameErrorKind.TooLarge, error.Kind);
    }

    public static TheoryData<string, uint, byte[]> Lies => new()
    {
        { "refers to a parent 1 entries before entry 0", FrameField.Processes, One(writer => writer.WriteField(ProcessField.Parent, 1)) },
        { "refers to a parent 0 entries", FrameField.Processes, One(writer => writer.WriteField(ProcessField.Parent, 0)) },
        { "makes pid 0 change by -1", FrameField.Processes, One(writer => writer.WriteField(ProcessField.Pid, 1)) },
        { "refers to string 1 of 0", FrameField.Processes, One(writer => writer.WriteField(ProcessField.Image, 1)) },
        { "refers to string 7 of 0", FrameField.Processes, One(writer => writer.WriteField(ProcessField.Arguments, [0, 7])) },
        { "must be a number", FrameField.Processes, One(writer => writer.WriteField(ProcessField.Image, [1])) },
        { "must be a block", FrameField.Processes, One(writer => writer.WriteField(ProcessField.Arguments, 1)) },
        { "ids must ascend", FrameField.Processes, One(writer => writer.WriteRaw([4, 0, 4, 0])) },
        { "ids must ascend", FrameField.Processes, One(writer => writer.WriteRaw([0, 0])) },
        { "holds 4294967296, more than", FrameField.Actors, One(writer => writer.WriteField(ActorField.Uid, 1ul << 32)) },
        { "holds 65536, more than", FrameField.Files, One(writer => writer.WriteField(FileField.Mode, 65_536)) },
        { "exceeds the 0 bytes left", FrameField.Actors, [1, 5] },
        { "1 bytes too many in the actors", FrameField.Actors, [1, 0, 0] },
        { "an empty string", FrameField.Strings, [1, 0, 0] },
        { "begins like the one 1 entries before entry 0", FrameField.Strings, [1, 1, 1, 1] },
        { "shares 2 bytes with a shorter one", FrameField.Strings, [2, 2, 65, 1, 1, 2] },
        { "a lost range ends after", FrameField.Lost, [1, 0, 200, 1, 0] },
        { "a cause of loss 256", FrameField.Lost, [1, 0, 0, 128, 2] },
        { "lanes must ascend", FrameField.Progress, [2, 1, 0, 0, 1, 0, 0] },
        { "lanes must ascend", FrameField.Progress, [2, 1, 0, 0, 0, 0, 0] },
        { "a lane with progress 256", FrameField.Progress, [1, 128, 2, 0, 0] },
        { "a number with progress 9223372036854775808", FrameField.Progress, [1, 0, .. FrameSurgery.Bytes(w => w.WriteVarint(1ul << 63)), 0] },
        { "until after the year 2262", FrameField.Progress, [1, 0, 0, .. FrameSurgery.Bytes(w => w.WriteVarint(ulong.MaxValue))] },
        { "1 bytes too many in the progress", FrameField.Progress, [1, 0, 0, 0, 0] },
        { "instead of 16", FrameField.BootId, new byte[15] },
        { "a digest of 15 bytes instead of 16", FrameField.Previous, new byte[15] },
        { "a digest of 17 bytes instead of 16", FrameField.Previous, new byte[17] },
        { "a host id of 0 characters", FrameField.HostId, [] },
        { "a host id of 129 characters", FrameField.HostId, new byte[129] },
        { "an event of kind 0", FrameField.Events, Event(0, [0, 0, 0, 0]) },
        { "after the frame's range", FrameField.Events, Event(3, [200, 1, 0, 0, 0]) },
        { "after the year 2262", FrameField.Events, Event(3, [0, 1, 0, 0]) },
        { "process 99 of", FrameField.Events, Event(3, [0, 0, 99, 0]) },
        { "cut off", FrameField.Events, Event(3, [0, 0, 0, 128]) },
        { "without file", FrameField.Events, Event(4, [0, 0, 0, 0]) },
        { "refers to file 99 of", FrameField.Events, Event(4, [0, 0, 0, 0, 32, 99]) },
        { "without address", FrameField.Events, Event(5, [0, 0, 0, 0]) },
        { "5 bytes that are neither an IPv4", FrameField.Events, Connect(new byte[5]) },
        { "nor a true IPv6 address", FrameField.Events, Connect([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 1, 2, 3, 4]) },
    };

    [Theory]
    [MemberData(nameof(Lies), DisableDiscoveryEnumeration = true)]
    public void A_lie_is_refused_with_its_words(string words, uint field, byte[] lie)
    {
        var error = Refusal(field, writer => writer.WriteRaw(lie));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.Equal(FrameErrorKind.Malformed, error.Kind);
        Assert.InRange(error.Offset, 10, 1_000);
    }

    [Theory]
    [InlineData(FrameFormat.MaxContainerIdLength, false)]
    [InlineData(FrameFormat.MaxContainerIdLength + 1, true)]
    public void A_container_id_is_bounded(int length, bool refused)
    {
        var fields = FrameSurgery.Fields(Seeds[0]);
        fields[FrameField.Strings] = FrameSurgery.Block(FrameField.Strings, writer =>
        {
            writer.WriteVarint(1);
            writer.WriteVarint((ulong)length << 1);
            writer.WriteRaw(Enumerable.Repeat((byte)'a', length).ToArray());
        });
        fields[FrameField.Actors] = FrameSurgery.Block(
            FrameField.Actors, writer => writer.WriteRaw(One(entry => entry.WriteField(ActorField.ContainerId, 1))));

        Assert.NotEqual(refused, FrameDecoder.TryDecode(FrameSurgery.Seal(fields), out _, out var error));
        Assert.Equal(refused, error.Kind == FrameErrorKind.Malformed && error.Message.Contains("a container id of 65", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(FrameField.HostId, "host id")]
    [InlineData(FrameField.BootId, "boot id")]
    [InlineData(FrameField.Lane, "lane")]
    [InlineData(FrameField.RangeFirst, "first number of the range")]
    [InlineData(FrameField.RangeCount, "size of the range")]
    [InlineData(FrameField.BootTime, "boot time")]
    [InlineData(FrameField.Events, "events")]
    public void A_frame_without_a_required_field_is_refused_with_its_name(uint id, string name)
    {
        var fields = FrameSurgery.Fields(Seeds[0]);
        fields.Remove(id);
        Assert.False(FrameDecoder.TryDecode(FrameSurgery.Seal(fields), out _, out var error));
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, ulong.MaxValue)]
    [InlineData(1ul << 63, 0)]
    [InlineData(2, long.MaxValue)]
    public void A_range_beyond_the_numbers_is_refused(ulong first, ulong count)
    {
        var fields = FrameSurgery.Fields(Seeds[0]);
        fields[FrameField.RangeFirst] = FrameSurgery.Bytes(writer => writer.WriteField(FrameField.RangeFirst, first));
        fields[FrameField.RangeCount] = FrameSurgery.Bytes(writer => writer.WriteField(FrameField.RangeCount, count));
        Assert.False(FrameDecoder.TryDecode(FrameSurgery.Seal(fields), out _, out var error));
        Assert.Contains("whose range is", error.Message, StringComparison.Ordinal);
    }

    // The error of a good frame in which one field holds something else; around a table there is no other.
    private static FrameError Refusal(uint field, Action<WireWriter> lie)
    {
        var isTable = field is >= FrameField.Strings and < FrameField.Events;
        var fields = FrameSurgery.Fields(new FrameEncoder().Encode(isTable ? GoldenFrames.All["smallest"] : Some.Frame([Some.Exit()])));
        fields[field] = FrameSurgery.Block(field, lie);
        Assert.False(FrameDecoder.TryDecode(FrameSurgery.Seal(fields), out var frame, out var error));
        Assert.Null(frame);
        return error;
    }

    // A table of one entry.
    private static byte[] One(Action<WireWriter> entry) => [1, .. FrameSurgery.Bytes(writer => writer.WriteBlock(FrameSurgery.Bytes(entry)))];

    // A table of one event.
    private static byte[] Event(byte kind, byte[] body) => [1, kind, (byte)body.Length, .. body];

    private static byte[] Connect(byte[] address) =>
        Event((byte)EventKind.Connect, [0, 0, 0, 0, .. FrameSurgery.Bytes(writer => writer.WriteField(EventField.Address, address))]);

    private static bool NeverThrows(byte[] bytes)
    {
        var decoded = FrameDecoder.TryDecode(bytes, out var frame, out var error);
        return decoded ? frame is not null && FrameText.Of(frame).Length > 0 : frame is null && error.Kind != FrameErrorKind.None;
    }
}
