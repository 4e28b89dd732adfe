using Detection.Taxonomy;
using Support;
using Wire.Model;

namespace Detection.Tests.Taxonomy;

public sealed class AuditRecordTests
{
    private static readonly FieldTable Fields = new();

    private static readonly ExecEvent Exec = Some.Exec(
        Some.Process("/usr/bin/python3.11", ["/opt/.tool", "-v", "a b"], pid: 77, uid: 0), interpreter: "/usr/bin/python3",
        credentials: Some.Credentials(0, loginUid: 1000, auditSession: 3), askedPath: "/opt/.tool");

    [Fact]
    public void Exec_is_a_process_creation_and_the_audit_records_of_its_call() =>
        Assert.Equal(["linux/process_creation", "EXECVE", "SYSCALL execve", "PATH /usr/bin/python3.11", "PATH /opt/.tool"], Records(Exec));

    [Fact]
    public void Open_is_its_categories_and_the_audit_records_of_its_call()
    {
        Assert.Equal(["linux/file_access", "SYSCALL openat", "PATH /etc/shadow"], Records(Some.FileOpen()));
        Assert.Equal(
            ["linux/file_access", "linux/file_event", "SYSCALL openat", "PATH /tmp/x", "PATH /run/x"],
            Records(Some.FileOpen("/tmp/x", askedPath: "/run/x", openFlags: 0x41)));
        Assert.Equal(["linux", "SYSCALL openat", "PATH /etc/shadow"], Records(Some.FileOpen(openFlags: 0x200000)));
    }

    [Fact]
    public void Connect_is_a_network_connection_and_its_call_and_of_a_datagram_the_call_is_not_known()
    {
        Assert.Equal(["linux/network_connection", "SYSCALL connect"], Records(Some.Connect()));
        Assert.Equal(["linux/network_connection", "SYSCALL "], Records(Some.Send()));
    }

    [Fact]
    public void Exit_and_fork_are_one_record()
    {
        Assert.Equal(["linux/process_termination"], Records(Some.Exit()));
        Assert.Equal(["linux"], Records(Some.Fork()));
    }

    [Theory]
    [InlineData("usr/x", PathFlags.None)]
    [InlineData("", PathFlags.None)]
    [InlineData("/etc/shadow", PathFlags.None)]
    [InlineData("/etc/shad", PathFlags.AskedTruncated)]
    [InlineData("/etc/shad", PathFlags.AskedUnreadable)]
    public void Asked_name_is_a_record_only_where_it_is_absolute_whole_and_another(string asked, PathFlags flags) =>
        Assert.Equal(["linux/file_access", "SYSCALL openat", "PATH /etc/shadow"], Records(Some.FileOpen(askedPath: asked, pathFlags: flags)));

    [Theory]
    [InlineData("argc", "3")]
    [InlineData("a0", "/opt/.tool")]
    [InlineData("a2", "a b")]
    [InlineData("a3", null)]
    [InlineData("a00", null)]
    [InlineData("a99999999", null)]
    [InlineData("exe", null)]
    [InlineData("name", null)]
    [InlineData("Type", null)]
    [InlineData("Image", "/usr/bin/python3.11")]
    [InlineData("CommandLine", "/opt/.tool -v a b")]
    [InlineData("LoginUid", "1000")]
    [InlineData("HostId", "i-0123456789abcdef0")]
    public void Fields_of_argv(string field, string? expected) => Assert.Equal(expected, Get(Exec, 1, field).Text);

    [Theory]
    [InlineData("SYSCALL", "execve")]
    [InlineData("syscall", "execve")]
    [InlineData("success", "yes")]
    [InlineData("exe", "/usr/bin/python3.11")]
    [InlineData("comm", "python3.11")]
    [InlineData("pid", "77")]
    [InlineData("ppid", "1")]
    [InlineData("uid", "0")]
    [InlineData("euid", "0")]
    [InlineData("gid", "0")]
    [InlineData("egid", "0")]
    [InlineData("auid", "1000")]
    [InlineData("ses", "3")]
    [InlineData("cwd", "/home/alice")]
    [InlineData("a0", null)]
    [InlineData("argc", null)]
    [InlineData("key", null)]
    [InlineData("tty", null)]
    public void Fields_of_the_call(string field, string? expected) => Assert.Equal(expected, Get(Exec, 2, field).Text);

    [Fact]
    public void What_the_call_does_not_say_is_absent()
    {
        Assert.Equal(FieldKind.Absent, Get(Some.Connect(), 1, "success").Kind);
        Assert.Equal(FieldKind.Absent, Get(Some.FileOpen(), 1, "cwd").Kind);
        Assert.Equal(FieldKind.Absent, Get(Some.Exec(new ProcessNode { Key = default, Arguments = ["x"], ArgumentsTruncated = true }), 1, "argc").Kind);
        Assert.Equal("4294967295", Get(Some.Exec(credentials: Some.Credentials(loginUid: Credentials.Unset)), 2, "auid").Text);
    }

    [Fact]
    public void Path_says_whether_the_open_made_the_file()
    {
        Assert.Equal("NORMAL", Get(Some.FileOpen(), 2, "nametype").Text);
        Assert.Equal("CREATE", Get(Some.FileOpen(openFlags: 0x42), 3, "nametype").Text);
        Assert.Equal("NORMAL", Get(Exec, 3, "nametype").Text);
    }

    [Fact]
    public void Inode_is_that_of_the_file_and_not_of_the_script()
    {
        Assert.Equal("131072", Get(Exec, 3, "inode").Text);
        Assert.Equal(FieldKind.Absent, Get(Exec, 4, "inode").Kind);
        Assert.Equal("262144", Get(Some.FileOpen(), 2, "inode").Text);
    }

    [Fact]
    public void Audit_fields_are_only_in_audit_records() =>
        Assert.All(
            (string[])["type", "a0", "argc", "exe", "comm", "uid", "name", "SYSCALL", "inode"],
            name => Assert.Equal(FieldKind.Absent, Get(Exec, 0, name).Kind));

    [Fact]
    public void Keyword_searches_see_what_the_line_of_the_record_would_say()
    {
        Assert.Equal(["/usr/bin/python3.11", "/opt/.tool -v a b", "/opt/.tool", "/usr/bin/python3", "/home/alice", "root"], Searchable(Exec, 0));
        Assert.Equal(["EXECVE", "/opt/.tool -v a b"], Searchable(Exec, 1));
        Assert.Equal(["SYSCALL", "execve", "/usr/bin/python3.11", "python3.11"], Searchable(Exec, 2));
        Assert.Equal(["PATH", "/usr/bin/python3.11", "NORMAL"], Searchable(Exec, 3));
        Assert.Equal(["PATH", "/opt/.tool", "NORMAL"], Searchable(Exec, 4));
        Assert.Equal(["/etc/shadow", "/usr/bin/bash", "alice"], Searchable(Some.FileOpen(), 0));
        Assert.Equal(["203.0.113.7", "/usr/bin/bash", "alice"], Searchable(Some.Connect(), 0));
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
        for (var record = 0; record < view.RecordCount; record++)
        {
            view.ShowRecord(record);
            yield return view.Source != HostTaxonomy.Auditd ? view.Source.ToString() : view.Get(Fields.Get("type")).Text switch
            {
                "SYSCALL" => $"SYSCALL {view.Get(Fields.Get("SYSCALL")).Text}",
                "PATH" => $"PATH {view.Get(Fields.Get("name")).Text}",
                var type => type!,
            };
        }
    }

    private static List<string> Searchable(HostEvent e, int record)
    {
        var view = new HostEventView();
        view.Show(e);
        view.ShowRecord(record);
        var texts = new List<string>();
        for (var i = 0; view.TryGetSearchable(i, out var value); i++)
        {
            if (value.Text is { } text)
            {
                texts.Add(text);
            }
        }

        return texts;
    }
}
