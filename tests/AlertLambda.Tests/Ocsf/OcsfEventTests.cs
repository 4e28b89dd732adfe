using System.Buffers;
using System.Text;
using System.Text.Json;
using AlertLambda.Ocsf;
using AlertLambda.Tests.Alerts;
using FsCheck;
using FsCheck.Fluent;
using Support;
using Support.Ocsf;
using Wire.Model;
using Wire.Text;

namespace AlertLambda.Tests.Ocsf;

public sealed class OcsfEventTests
{
    public static TheoryData<HostEvent, int> Kinds => new()
    {
        { Some.Exec(), 100701 },
        { Some.Fork(), 100701 },
        { Some.Exit(exitCode: 3 << 8), 100702 },
        { Some.FileOpen(), 100114 },
        { Some.FileOpen("/etc/cron.d/x", openFlags: 0x8041), 100101 },
        { Some.FileOpen(error: 13), 100114 },
        { Some.Connect(), 400101 },
        { Some.Send("2001:db8::7"), 400106 },
        { Some.Call(CallKind.Rename, "/etc/shadow", "/etc/shadow+"), 100105 },
        { Some.Call(CallKind.Link, "/tmp/a", "/etc/shadow"), 100101 },
        { Some.Call(CallKind.Unlink, "/var/log/auth.log"), 100104 },
        { Some.Call(CallKind.Truncate, "/var/log/auth.log"), 100103 },
        { Some.Call(CallKind.Chmod, "/usr/bin/bash"), 100107 },
        { Some.Call(CallKind.Chown, "/"), 100107 },
        { Some.Call(CallKind.Mount, "/mnt", "/dev/sda1"), 100112 },
        { Some.Call(CallKind.Umount, "/mnt"), 100113 },
        { Some.Call(CallKind.Ptrace, arguments: new CallArguments(16, 4321, 0, 0)), 100703 },
        { Some.Call(CallKind.MemoryWrite, arguments: new CallArguments(4321, 0, 0, 0)), 100704 },
        { Some.Call(CallKind.Setresuid), 100705 },
        { Some.Call(CallKind.ModuleLoad, "/tmp/x.ko", error: 1), 100304 },
        { Some.Call(CallKind.RawSocket, arguments: new CallArguments(ulong.MaxValue, 3, 0, 0)), 100304 },
        { Some.Call(CallKind.Mount), 100304 },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Event_becomes_a_valid_record_of_its_class(HostEvent e, int typeUid)
    {
        var record = Record(e);

        Assert.Empty(OcsfValidator.Faults(record));
        Assert.Equal(typeUid, record.GetProperty("type_uid").GetInt32());
        Assert.Equal(OcsfEvent.Uid(e.Id), record.GetProperty("metadata").GetProperty("uid").GetString());
    }

    [Fact]
    public void Lines_of_the_archive_read_as_reviewed() =>
        Golden.Matches("events.ocsf.jsonl", string.Concat(Kinds.Select(row => Encoding.UTF8.GetString(Line((HostEvent)row[0])) + "\n")));

    [Fact]
    public void Every_kind_of_call_becomes_a_valid_record()
    {
        foreach (var call in Enum.GetValues<CallKind>().Where(kind => kind > CallKind.Open))
        {
            Assert.Empty(OcsfValidator.Faults(Record(Some.Call(call, "/a", "/b"))));
            Assert.Empty(OcsfValidator.Faults(Record(Some.Call(call))));
        }
    }

    [Fact]
    public void Start_is_an_act_of_the_parent_and_names_both()
    {
        var record = Record(Some.Exec(Some.Process("/usr/bin/cat", ["cat", "/etc/shadow"], Some.Process(pid: 70), pid: 71)));

        Assert.Equal("cat /etc/shadow", record.GetProperty("process").GetProperty("cmd_line").GetString());
        Assert.Equal(71, record.GetProperty("process").GetProperty("pid").GetInt32());
        Assert.Equal(70, record.GetProperty("actor").GetProperty("process").GetProperty("pid").GetInt32());
        Assert.Equal("alice", record.GetProperty("actor").GetProperty("user").GetProperty("name").GetString());
    }

    [Fact]
    public void Renamed_file_has_its_old_and_its_new_name()
    {
        var record = Record(Some.Call(CallKind.Rename, "/etc/shadow", "/etc/shadow+"));

        Assert.Equal("/etc/shadow+", record.GetProperty("file").GetProperty("path").GetString());
        Assert.Equal("shadow", record.GetProperty("file_result").GetProperty("name").GetString());
    }

    [Fact]
    public void Refused_open_is_a_failure_with_its_error()
    {
        var record = Record(Some.FileOpen(error: 13));

        Assert.Equal(2, record.GetProperty("status_id").GetInt32());
        Assert.Equal("EACCES", record.GetProperty("status_code").GetString());
    }

    [Fact]
    public void Events_that_one_stands_for_are_counted() =>
        Assert.Equal(8, Record(Some.Exec(repeated: 7)).GetProperty("count").GetInt32());

    [Fact]
    public void Outside_EC2_there_is_no_cloud()
    {
        var record = Record(Some.Exec(host: Some.Host("d41d8cd98f00b204e9800998ecf8427e", inCloud: false)));

        Assert.Empty(OcsfValidator.Faults(record));
        Assert.False(record.TryGetProperty("cloud", out _));
    }

    [Fact]
    public void Name_that_is_not_UTF8_is_readable_and_stands_beside_as_bytes()
    {
        byte[] bytes = [(byte)'/', (byte)'t', 0xff, (byte)'\n'];
        var record = Record(Some.FileOpen(KernelString.FromBytes(bytes)));

        Assert.Equal("/t\uFFFD\n", record.GetProperty("file").GetProperty("path").GetString());
        var raw = record.GetProperty("unmapped").GetProperty("raw_bytes").EnumerateArray().Single(r => r.GetProperty("name").GetString() == "path");
        Assert.Equal(bytes, raw.GetProperty("data").GetBytesFromBase64());
    }

    [Fact]
    public void Any_names_whatever_give_one_line_of_ASCII_that_is_valid()
    {
        var names = ArbMap.Default.GeneratorFor<byte[]>().Select(b => KernelString.FromBytes(b))
            .Or(Gen.Elements("\u202e", "\ud800", "<!channel>", "`", "\r\n", "\u0000", new string('\udcff', 9000), string.Concat(Enumerable.Repeat("😀", 3000)))).ToArbitrary();
        Prop.ForAll(names, names, (path, name) =>
        {
            var process = Some.Process(path, [name, path], pid: 9, userName: name, comm: name, currentDirectory: path);
            foreach (var e in (HostEvent[])[Some.Exec(process, host: Some.Host(hostName: name), askedPath: name), Some.FileOpen("/" + path, process, askedPath: name), Some.Call(CallKind.Rename, path, name, process)])
            {
                var line = Line(e);
                Assert.True(Ascii.IsValid(line));
                Assert.DoesNotContain((byte)'\n', line);
                Assert.Empty(OcsfValidator.Faults(JsonSerializer.Deserialize<JsonElement>(line)));
            }
        }).QuickCheckThrowOnFailure();
    }

    private static JsonElement Record(HostEvent e) => JsonSerializer.Deserialize<JsonElement>(Line(e));

    private static byte[] Line(HostEvent e)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            OcsfEvent.Write(json, e);
        }

        return bytes.WrittenSpan.ToArray();
    }
}
