using Detection.Taxonomy;
using Support;
using Wire.Model;

namespace Detection.Tests.Taxonomy;

/// <summary>Refused opens and system calls, as rules see them.</summary>
public sealed class CallRecordTests
{
    private const ushort Denied = 13;
    private const ulong Minus1 = uint.MaxValue;

    private static readonly FieldTable Fields = new();
    private static readonly FileOpenEvent Refused = Some.FileOpen(askedPath: "/tmp/link", pathFlags: PathFlags.Unverified, error: Denied);
    private static readonly CallEvent Rename = Some.Call(CallKind.Rename, "/tmp/x", "/etc/passwd");

    [Fact]
    public void Refused_open_is_no_access_and_its_call_failed()
    {
        Assert.Equal(["linux/file_access_failed", "SYSCALL openat no", "PATH /etc/shadow UNKNOWN"], Records(Refused));
        Assert.Equal("EACCES", Get(Refused, 0, "Error").Text);
        Assert.Equal("/tmp/link", Get(Refused, 0, "AskedPath").Text);
        Assert.Equal("true", Get(Refused, 0, "Unverified").Text);
        Assert.Equal("-13", Get(Refused, 1, "exit").Text);
        Assert.Equal(FieldKind.Absent, Get(Refused, 2, "inode").Kind);
    }

    [Theory]
    [InlineData(CallKind.Rename, "linux/file_rename", "rename", "PATH /a CREATE", "PATH /b DELETE")]
    [InlineData(CallKind.Link, "linux/file_event", "link", "PATH /a CREATE", "PATH /b NORMAL")]
    [InlineData(CallKind.Symlink, "linux/file_event", "symlink", "PATH /a CREATE")]
    [InlineData(CallKind.Unlink, "linux/file_delete", "unlink", "PATH /a DELETE")]
    [InlineData(CallKind.Truncate, "linux/file_change", "truncate", "PATH /a NORMAL")]
    [InlineData(CallKind.Chmod, "linux/file_change", "chmod", "PATH /a NORMAL")]
    [InlineData(CallKind.Chown, "linux/file_change", "chown", "PATH /a NORMAL")]
    public void Change_of_a_file_is_of_its_category_and_a_system_call(CallKind call, string category, string name, params string[] paths)
    {
        var done = Some.Call(call, "/a", paths.Length > 1 || call == CallKind.Symlink ? "/b" : "");
        var denied = Some.Call(call, "/a", error: Denied);

        Assert.Equal([category, "linux/system_call", $"SYSCALL {name} yes", .. paths], Records(done));
        Assert.Equal(["linux/system_call", $"SYSCALL {name} no", paths[0]], Records(denied));
        Assert.Equal(name, Get(done, 1, "Call").Text);
        Assert.Equal(FieldKind.Absent, Get(done, 0, "Error").Kind);
        Assert.Equal("EACCES", Get(denied, 0, "Error").Text);
    }

    [Theory]
    [InlineData(CallKind.Ptrace, "", "ptrace")]
    [InlineData(CallKind.MemfdCreate, "x", "memfd_create")]
    [InlineData(CallKind.BpfLoad, "", "bpf")]
    [InlineData(CallKind.Setns, "", "setns")]
    [InlineData(CallKind.RawSocket, "", "socket")]
    public void Call_that_names_no_file_has_no_path_record(CallKind call, string path, string name) =>
        Assert.Equal(["linux/system_call", $"SYSCALL {name} yes"], Records(Some.Call(call, path)));

    [Fact]
    public void Call_of_a_kind_that_is_not_known_yet_has_no_name()
    {
        var later = Some.Call((CallKind)200);

        Assert.Equal(FieldKind.Absent, Get(later, 0, "Call").Kind);
        Assert.Equal(FieldKind.Absent, Get(later, 1, "SYSCALL").Kind);
    }

    [Fact]
    public void Mode_and_process_are_what_the_kernel_looks_at_of_the_registers()
    {
        var chmod = Some.Call(CallKind.Chmod, "/a", arguments: new CallArguments(0xFFFF_0000_0000_F9ED, 0, 0, 0));

        Assert.Equal("2541", Get(chmod, 0, "Mode").Text);
        Assert.Equal("true", Get(chmod, 0, "SetsId").Text);
        Assert.Equal("42", Get(Some.Call(CallKind.Ptrace, arguments: new CallArguments(16, 0x1_0000_002A, 0, 0)), 0, "TargetProcessId").Text);
        Assert.Equal("42", Get(Some.Call(CallKind.MemoryWrite, arguments: new CallArguments(0x1_0000_002A, 0, 0, 0)), 0, "TargetProcessId").Text);
    }

    [Theory]
    [InlineData(2ul, 0x80003ul, 1ul, "raw")]
    [InlineData(10ul, 3ul, 58ul, "raw")]
    [InlineData(17ul, 0x80003ul, 0x300ul, "packet")]
    [InlineData(2ul, 10ul, 0x300ul, "packet")]
    [InlineData(44ul, 3ul, 0ul, "xdp")]
    [InlineData(2ul, 0x80002ul, 1ul, "ping")]
    [InlineData(10ul, 2ul, 58ul, "ping")]
    [InlineData(2ul, 5ul, 132ul, "sctp")]
    [InlineData(0xFFFF_FFFF_0000_0002ul, 3ul, 1ul, "raw")]
    public void Kind_of_a_socket_is_told_by_what_the_kernel_looks_at(ulong family, ulong type, ulong protocol, string kind) =>
        Assert.Equal(kind, Get(Some.Call(CallKind.RawSocket, arguments: new CallArguments(family, type, protocol, 0)), 0, "SocketKind").Text);

    [Fact]
    public void Call_that_makes_no_socket_has_no_kind_of_one() =>
        Assert.Equal(FieldKind.Absent, Get(Some.Call(CallKind.Unshare), 0, "SocketKind").Kind);

    [Theory]
    [InlineData(CallKind.Setuid, 0ul, 7ul, "0")]
    [InlineData(CallKind.Setreuid, 7ul, 0ul, "0")]
    [InlineData(CallKind.Setresuid, 7ul, 0xFFFF_FFFF_0000_0000, "0")]
    [InlineData(CallKind.Setresuid, 0ul, Minus1, null)]
    [InlineData(CallKind.Chown, 33ul, 7ul, "33")]
    [InlineData(CallKind.Chown, Minus1, 7ul, null)]
    [InlineData(CallKind.Chmod, 33ul, 7ul, null)]
    public void New_user_is_the_effective_one_and_absent_where_it_stays(CallKind call, ulong first, ulong second, string? expected) =>
        Assert.Equal(expected, Get(Some.Call(call, "/a", arguments: new CallArguments(first, second, 0, 0)), 0, "NewUid").Text);

    [Fact]
    public void Keyword_searches_see_call_and_names()
    {
        var view = new HostEventView();
        view.Show(Rename);
        var seen = new List<string?>();
        for (var i = 0; view.TryGetSearchable(i, out var value); i++)
        {
            seen.Add(value.Text);
        }

        Assert.Equal(["rename", "/tmp/x", "/etc/passwd", "/usr/bin/bash", "alice"], seen);
    }

    private static FieldValue Get(HostEvent e, int record, string field)
    {
        var view = new HostEventView();
        view.Show(e);
        view.ShowRecord(record);
        return view.Get(Fields.Get(field));
    }

    private static IEnumerable<string> Records(HostEvent e)
    {
        var view = new HostEventView();
        view.Show(e);
        for (var i = 0; i < view.RecordCount; i++)
        {
            view.ShowRecord(i);
            string?[] words = [.. ((string[])["type", "SYSCALL", "success", "name", "nametype"]).Select(name => view.Get(Fields.Get(name)).Text).Where(text => text is not null)];
            yield return view.Source == HostTaxonomy.Auditd ? string.Join(' ', words) : view.Source.ToString();
        }
    }
}
