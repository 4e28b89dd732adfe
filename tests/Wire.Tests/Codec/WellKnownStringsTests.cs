using Support;
using Wire.Codec;
using Wire.Model;

namespace Wire.Tests.Codec;

/// <summary>Strings and callers that need not be sent: they come back, and nobody can refer to what is not there.</summary>
public sealed class WellKnownStringsTests
{
    private const byte Flag = (byte)FrameFlags.WellKnown;
    private static readonly int Count = WellKnownStrings.All.Length;

    [Fact]
    public void They_are_distinct_printable_and_referred_to_in_one_byte()
    {
        Assert.Equal(Count, WellKnownStrings.All.Distinct(StringComparer.Ordinal).Count());
        Assert.All(WellKnownStrings.All, text => Assert.True(text.Length > 0 && text.All(c => c is > ' ' and < (char)127)));
        Assert.InRange(Count, 1, 126);
        Assert.All(WellKnownStrings.All.Take(WellKnownStrings.Folders), text => Assert.True(text[0] == '/' && text[^1] == '/'));
    }

    [Fact]
    public void What_is_well_known_takes_no_entry_and_a_name_below_a_folder_only_its_own_part()
    {
        var bytes = new FrameEncoder(packs: true).Encode(Some.Frame([Exec("/usr/sbin/xyzzy", "sudo", null)], host: Host));
        Assert.Equal(Flag, bytes[FrameFormat.FlagsOffset]);
        var strings = FrameSurgery.Fields(bytes)[FrameField.Strings];

        // After key and length two entries: five own bytes and shared ones, of the second folder, all ten of it; and the login user of the events.
        Assert.Equal([2, (5 << 1) | 1, (byte)(Count - 1), 10, .. "xyzzy"u8, 5 << 1, .. "alice"u8], strings[2..]);
    }

    [Fact]
    public void A_caller_that_is_absent_is_the_parent_and_one_that_is_empty_is_not()
    {
        var parent = Process("/usr/bin/dash", "sh", null, 2);
        foreach (var caller in new[] { "sh", "", "other" })
        {
            foreach (var process in new[] { Process("/usr/bin/x", "x", parent, 3), Process("/usr/bin/x", "x", null, 3) })
            {
                var again = Again(Some.Frame([Some.Exec(process, 1, host: Host, callerComm: caller)], host: Host));
                Assert.Equal(caller, ((ExecEvent)again.Events[0]).CallerComm);
            }
        }
    }

    [Fact]
    public void A_caller_is_the_same_where_the_lineage_is_cut_before_it()
    {
        ProcessNode? parent = null;
        var events = new List<HostEvent>();
        for (uint i = 1; i <= 3 * ProcessNode.MaxLineage; i++)
        {
            var process = Process("/usr/bin/bash", $"c{i}", parent, i);
            events.Add(Some.Exec(process, i, host: Host, callerComm: parent?.Comm ?? ""));
            parent = process;
        }

        Assert.Equal(
            events.Cast<ExecEvent>().Select(e => e.CallerComm), Again(Some.Frame([.. events], host: Host)).Events.Cast<ExecEvent>().Select(e => e.CallerComm));
    }

    [Fact]
    public void An_older_frame_keeps_its_meaning()
    {
        var parent = Process("/usr/bin/dash", "sh", null, 2);
        var plain = new FrameEncoder().Encode(Some.Frame([Some.Exec(Process("/usr/bin/x", "x", parent, 3), 1, host: Host, callerComm: "")], host: Host));
        Assert.True(FrameDecoder.TryDecode(plain, out var frame, out _));
        Assert.Equal("", ((ExecEvent)frame.Events[0]).CallerComm);
    }

    [Fact]
    public void A_reference_beyond_them_and_the_own_strings_is_refused()
    {
        var fields = FrameSurgery.Fields(new FrameEncoder(packs: true).Encode(Some.Frame([Exec("/usr/bin/cat", "cat", "root")], host: Host)));
        Assert.True(FrameDecoder.TryDecode(Sealed(), out _, out var error), error.ToString());

        fields[FrameField.Processes] = FrameSurgery.Block(FrameField.Processes, w =>
        {
            w.WriteVarint(1);
            w.WriteBlock(FrameSurgery.Bytes(entry => entry.WriteField(ProcessField.Image, (ulong)Count + 2)));
        });
        Assert.False(FrameDecoder.TryDecode(Sealed(), out _, out error));
        Assert.Contains($"refers to string {Count + 2} of {Count + 1}", error.Message, StringComparison.Ordinal);

        byte[] Sealed() => FrameSurgery.Seal([.. fields.SelectMany(field => field.Value)], Flag);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(62, true)]
    [InlineData(63, false)]
    public void A_string_may_begin_like_each_of_them_and_like_nothing_before_them(int back, bool isTaken)
    {
        var fields = FrameSurgery.Fields(new FrameEncoder(packs: true).Encode(Some.Frame([Exec("/usr/bin/cat", "cat", "root")], host: Host)));
        fields[FrameField.Strings] = FrameSurgery.Block(FrameField.Strings, w =>
        {
            w.WriteVarint(1);
            w.WriteVarint((1 << 1) | 1);
            w.WriteVarint((ulong)back);
            w.WriteVarint(4);
            w.WriteRaw("x"u8);
        });
        Assert.Equal(62, Count);
        Assert.Equal(isTaken, FrameDecoder.TryDecode(FrameSurgery.Seal([.. fields.SelectMany(field => field.Value)], Flag), out _, out _));
    }

    private static HostIdentity Host { get; } = Some.Host("h", hostName: "", inCloud: false);

    private static ExecEvent Exec(string image, string comm, string? userName) =>
        Some.Exec(Process(image, comm, null, 1, userName), 1, host: Host, callerComm: "");

    private static ProcessNode Process(string image, string comm, ProcessNode? parent, uint pid, string? userName = "root") => new()
    {
        Key = new ProcessKey(pid, pid), Parent = parent, Image = image, Comm = comm, UserName = userName ?? "",
    };

    private static Frame Again(Frame frame) => FrameDecoder.TryDecode(new FrameEncoder(packs: true).Encode(frame), out var again, out var error)
        ? again
        : throw new InvalidDataException(error.ToString());
}
