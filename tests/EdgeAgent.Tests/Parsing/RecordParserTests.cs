using System.Net;
using EdgeAgent.Intake;
using EdgeAgent.Parsing;
using EdgeAgent.Tests.Fakes;
using FsCheck;
using FsCheck.Fluent;
using Wire.Model;

namespace EdgeAgent.Tests.Parsing;

public sealed class RecordParserTests
{
    [Fact]
    public void Exec_gives_all_strings_of_its_tail_and_the_facts_of_its_task()
    {
        var file = new EdgeFile { Inode = 9, Device = 1, LinkCount = 2, Mode = 0x89ED, PathFlags = (ushort)PathFlags.Alias, Watch = EdgeWatch.Exec };
        var exec = Parse<KernelExec>(KernelBytes.Exec(
            path: "/usr/bin/python3"u8.ToArray(), asked: "./x.py"u8.ToArray(), interpreter: "/usr/bin/env"u8.ToArray(),
            cwd: "/srv"u8.ToArray(), argv: "python3\0./x.py\0-v"u8.ToArray(), file: file, sequence: 77, lane: Lane.High));
        Assert.Equal(("/usr/bin/python3", "./x.py", "/usr/bin/env", "/srv"), (exec.Path, exec.Asked, exec.Interpreter, exec.CurrentDirectory));
        Assert.Equal(["python3", "./x.py", "-v"], exec.Arguments);
        Assert.False(exec.ArgumentsTruncated);
        Assert.Equal(file, exec.File);
        Assert.Equal((77ul, Lane.High), (exec.Header.Sequence, exec.Lane));
        Assert.Equal((new ProcessKey(200, 2_000_000_000), new ProcessKey(100, 1_000_000_000)), (exec.Key, exec.ParentKey));
    }

    [Fact]
    public void Fork_exit_and_file_open_give_their_own_facts()
    {
        Assert.Equal(new ProcessKey(321, 99), Parse<KernelFork>(KernelBytes.Fork(childPid: 321, childStartNs: 99)).Child);
        Assert.Equal(-1, Parse<KernelExit>(KernelBytes.Exit(exitCode: -1)).ExitCode);
        var open = Parse<KernelFileOpen>(KernelBytes.FileOpen(asked: "../etc/shadow"u8.ToArray(), openFlags: 2));
        Assert.Equal(("/etc/shadow", "../etc/shadow", 2u, 42ul), (open.Path, open.Asked, open.OpenFlags, open.File.Inode));
    }

    [Fact]
    public void Call_gives_its_names_with_their_folders_its_arguments_and_its_result()
    {
        var file = new EdgeFile { Inode = 9, Device = 1, LinkCount = 2, Mode = 0x81A0, PathFlags = (ushort)PathFlags.Alias, Watch = EdgeWatch.Open };
        var call = Parse<KernelCall>(KernelBytes.Call(CallKind.Rename, "new", "/etc", "../old", "/tmp", result: -13, file: file, first: 1, second: ulong.MaxValue));
        Assert.Equal(("new", "/etc", "../old", "/tmp"), (call.Name, call.Folder, call.OtherName, call.OtherFolder));
        Assert.Equal((CallKind.Rename, -13, new CallArguments(1, ulong.MaxValue, 0, 0)), (call.Call, call.Result, call.Arguments));
        Assert.Equal(file, call.File);
    }

    [Theory]
    [InlineData(CallKind.None)]
    [InlineData(CallKind.RawSocket + 1)]
    public void Call_that_this_agent_does_not_know_is_a_fault(CallKind call) =>
        Assert.Equal(ParseFault.UnknownKind, new RecordParser().Parse(KernelBytes.Call(call), out _));

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("2001:db8::1", "2001:db8::1")]
    [InlineData("::ffff:10.1.2.3", "10.1.2.3")]
    public void Address_is_IPv6_unless_it_is_a_mapped_IPv4_one(string address, string expected)
    {
        var network = Parse<KernelNetwork>(KernelBytes.Network(EventKind.Send, address, 53, 17));
        Assert.Equal((IPAddress.Parse(expected), (ushort)53, (byte)17), (network.Address, network.Port, network.Protocol));
    }

    [Fact]
    public void Arguments_are_divided_by_NUL_and_empty_ones_are_kept()
    {
        Assert.Empty(Parse<KernelExec>(KernelBytes.Exec(argv: [])).Arguments);
        Assert.Equal(["a"], Parse<KernelExec>(KernelBytes.Exec(argv: "a"u8.ToArray())).Arguments);
        Assert.Equal(["a", ""], Parse<KernelExec>(KernelBytes.Exec(argv: "a\0"u8.ToArray())).Arguments);
        Assert.Equal(["", "b", "", ""], Parse<KernelExec>(KernelBytes.Exec(argv: "\0b\0\0"u8.ToArray())).Arguments);
    }

    [Theory]
    [InlineData(4097u, 4096, true)]
    [InlineData(12u, 0, true)]
    [InlineData(4096u, 4096, false)]
    public void Arguments_are_truncated_when_there_were_more_bytes_than_came(uint total, int came, bool truncated)
    {
        var exec = Parse<KernelExec>(KernelBytes.Exec(argv: [.. Enumerable.Repeat((byte)'x', came)], argvTotal: total));
        Assert.Equal(truncated, exec.ArgumentsTruncated);
    }

    [Fact]
    public void Names_that_are_not_UTF8_come_back_as_the_same_bytes()
    {
        byte[] name = [(byte)'/', 0xFF, 0xC3, (byte)'a', 0xED, 0xA0, 0x80];
        var path = Parse<KernelFileOpen>(KernelBytes.FileOpen(path: name)).Path;
        var bytes = new byte[Wire.Text.KernelString.GetMaxByteCount(path)];
        Assert.Equal(name, bytes[..Wire.Text.KernelString.GetBytes(path, bytes)]);
    }

    [Fact]
    public void Comm_ends_at_its_NUL_and_may_fill_its_field()
    {
        Assert.Equal("bash", RecordParser.PaddedText("bash\0garbage"u8));
        Assert.Equal("sixteen-bytes-ok", RecordParser.PaddedText("sixteen-bytes-ok"u8));
    }

    [Fact]
    public void Every_truncation_of_every_kind_is_a_fault()
    {
        foreach (var record in KernelBytes.OfEachKind())
        {
            for (var length = 0; length < record.Length; length++)
            {
                Assert.NotEqual(ParseFault.None, new RecordParser().Parse(record.AsSpan(0, length), out var none));
                Assert.Null(none);

                // Also when the header admits the shorter length.
                if (length >= 8)
                {
                    var admitted = record.With(h => h with { Size = (uint)length })[..length];
                    Assert.NotEqual(ParseFault.None, new RecordParser().Parse(admitted, out _));
                }
            }
        }
    }

    [Fact]
    public void Record_longer_than_its_parts_is_a_fault()
    {
        foreach (var record in KernelBytes.OfEachKind())
        {
            Assert.Equal(ParseFault.LengthMismatch, new RecordParser().Parse([.. record, 0], out _));
            byte[] longer = [.. record.With(h => h with { Size = h.Size + 1 }), 0];
            Assert.Equal(ParseFault.LengthMismatch, new RecordParser().Parse(longer, out _));
        }
    }

    [Fact]
    public void Unknown_version_lane_and_kind_are_told_apart()
    {
        var record = KernelBytes.Fork();
        Assert.Equal(ParseFault.UnknownVersion, new RecordParser().Parse(record.With(h => h with { Version = KernelContract.Version + 1 }), out _));
        Assert.Equal(ParseFault.UnknownLane, new RecordParser().Parse(record.With(h => h with { Lane = 2 }), out _));
        Assert.Equal(ParseFault.UnknownKind, new RecordParser().Parse(record.With(h => h with { Kind = 0 }), out _));
        Assert.Equal(ParseFault.UnknownKind, new RecordParser().Parse(record.With(h => h with { Kind = 8 }), out _));
        Assert.Equal(ParseFault.TooShort, new RecordParser().Parse(record.AsSpan(0, 100), out _));
    }

    [Fact]
    public void Number_of_a_rejected_record_is_read_only_from_a_header_that_is_understood()
    {
        var record = KernelBytes.Fork(sequence: 12).With(h => h with { Kind = 99 });
        Assert.True(RecordParser.TryReadNumber(record, out var lane, out var sequence));
        Assert.Equal((Lane.Bulk, 12ul), (lane, sequence));
        Assert.False(RecordParser.TryReadNumber(record.AsSpan(0, 31), out _, out _));
        Assert.False(RecordParser.TryReadNumber(record.With(h => h with { Lane = 9 }), out _, out _));
        Assert.False(RecordParser.TryReadNumber(record.With(h => h with { Version = 9 }), out _, out _));
    }

    [Fact]
    public void Record_without_a_number_is_a_fault_and_has_none_to_lose()
    {
        foreach (var record in KernelBytes.OfEachKind().Select(r => r.With(h => h with { Sequence = 0 })))
        {
            Assert.Equal(ParseFault.NoNumber, new RecordParser().Parse(record, out var none));
            Assert.Null(none);
            Assert.False(RecordParser.TryReadNumber(record, out _, out _));
        }
    }

    [Fact]
    public void Random_bytes_never_throw()
    {
        var bytes = Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf().ToArbitrary();
        Prop.ForAll(bytes, Gen.Choose(0, KernelBytes.OfEachKind().Count() - 1).ToArbitrary(), Gen.Choose(0, 400).ToArbitrary(), (noise, kind, at) =>
        {
            // Noise as a record, and noise over a valid one whose header still fits.
            new RecordParser().Parse(noise, out _);
            var record = KernelBytes.OfEachKind().ElementAt(kind);
            for (var i = 0; i < noise.Length && 32 + at + i < record.Length; i++)
            {
                record[32 + at + i] = noise[i];
            }

            var fault = new RecordParser().Parse(record, out var parsed);
            return fault == ParseFault.None == parsed is not null;
        }).QuickCheckThrowOnFailure();
    }

    private static T Parse<T>(byte[] record)
        where T : KernelEvent
    {
        Assert.Equal(ParseFault.None, new RecordParser().Parse(record, out var parsed));
        return Assert.IsType<T>(parsed);
    }
}
