using Detection.Taxonomy;
using Support;
using Wire.Model;

namespace Detection.Tests.Taxonomy;

public sealed class HostEventViewTests
{
    private static readonly ProcessNode Sshd = Some.Process("/usr/sbin/sshd", ["sshd:", "alice"], pid: 811, uid: 0);

    private static readonly ExecEvent Exec = Some.Exec(
        Some.Process("/usr/bin/cat", ["cat", "a b"], Sshd), interpreter: "/bin/sh", credentials: Some.Credentials(1000, euid: 0), askedPath: "./cat");

    [Theory]
    [InlineData("Image", "/usr/bin/cat")]
    [InlineData("CommandLine", "cat a b")]
    [InlineData("CurrentDirectory", "/home/alice")]
    [InlineData("User", "alice")]
    [InlineData("EffectiveUser", "root")]
    [InlineData("LoginUser", "alice")]
    [InlineData("Uid", "1000")]
    [InlineData("Euid", "0")]
    [InlineData("LoginUid", "1000")]
    [InlineData("LogonId", "1000")]
    [InlineData("AuditSession", "3")]
    [InlineData("ProcessId", "4242")]
    [InlineData("ParentProcessId", "811")]
    [InlineData("ParentImage", "/usr/sbin/sshd")]
    [InlineData("ParentCommandLine", "sshd: alice")]
    [InlineData("ParentUser", "root")]
    [InlineData("Comm", "cat")]
    [InlineData("ParentComm", "sshd")]
    [InlineData("Interpreter", "/bin/sh")]
    [InlineData("CallerComm", "bash")]
    [InlineData("AskedPath", "./cat")]
    [InlineData("ArgumentsTruncated", "false")]
    [InlineData("InodeAlias", "false")]
    [InlineData("OriginAbi", "native")]
    [InlineData("HostName", "web-1")]
    [InlineData("InstanceId", "i-0123456789abcdef0")]
    [InlineData("TargetFilename", null)]
    [InlineData("DestinationIp", null)]
    [InlineData("CgroupId", null)]
    [InlineData("ExitCode", null)]
    public void Fields_of_an_exec(string field, string? expected) => Assert.Equal(expected, Get(Exec, field).Text);

    [Theory]
    [InlineData("TargetFilename", "/tmp/x")]
    [InlineData("AskedPath", "/etc/shadow")]
    [InlineData("InodeAlias", "true")]
    [InlineData("Deleted", "false")]
    [InlineData("OpenFlags", "32768")]
    [InlineData("ForWriting", "false")]
    [InlineData("Inode", "262144")]
    [InlineData("LinkCount", "1")]
    [InlineData("Sensitive", "true")]
    public void Fields_of_an_open(string field, string expected) =>
        Assert.Equal(expected, Get(Some.FileOpen("/tmp/x", askedPath: "/etc/shadow", pathFlags: PathFlags.Alias), field).Text);

    [Theory]
    [InlineData(0x8000, "false")]
    [InlineData(0x8001, "true")]
    [InlineData(0x8442, "true")]
    [InlineData(0x200001, "false")]
    [InlineData(3, "false")]
    public void Open_is_for_writing_by_its_access_mode(uint flags, string expected) =>
        Assert.Equal(expected, Get(Some.FileOpen("/tmp/x", openFlags: flags), "ForWriting").Text);

    [Theory]
    [InlineData("DestinationIp", "2001:db8::1")]
    [InlineData("DestinationPort", "53")]
    [InlineData("DestinationIsIpv6", "true")]
    [InlineData("Initiated", "true")]
    [InlineData("Protocol", "udp")]
    [InlineData("External", "true")]
    public void Fields_of_a_datagram(string field, string expected) =>
        Assert.Equal(expected, Get(Some.Send("2001:db8::1"), field).Text);

    [Theory]
    [InlineData("Tty", "pts/3")]
    [InlineData("Capabilities", "cap_kill,cap_net_raw")]
    [InlineData("MountNamespace", "11")]
    [InlineData("PidNamespace", "12")]
    [InlineData("NetworkNamespace", "13")]
    [InlineData("UserNamespace", "14")]
    public void Surroundings_of_the_process(string field, string expected)
    {
        var facts = Exec.Facts with
        {
            Actor = Exec.Facts.Actor with
            {
                Credentials = Exec.Credentials with { Capabilities = (1 << 5) | (1 << 13) }, Terminal = (136 << 20) + 3, Namespaces = new Namespaces(11, 12, 13, 14),
            },
        };

        Assert.Equal(expected, Get(new ForkEvent(facts) { Child = default }, field).Text);
    }

    [Fact]
    public void Mapped_address_is_ipv4()
    {
        var e = Some.Connect("::ffff:203.0.113.7");

        Assert.Equal("203.0.113.7", Get(e, "DestinationIp").Text);
        Assert.Equal("false", Get(e, "DestinationIsIpv6").Text);
    }

    [Fact]
    public void What_is_unknown_is_absent()
    {
        var e = Some.Exec(new ProcessNode { Key = default }, credentials: Some.Credentials(loginUid: Credentials.Unset, auditSession: Credentials.Unset), askedPath: "");

        foreach (var field in (string[])["Image", "CommandLine", "CurrentDirectory", "ParentImage", "ParentCommandLine", "ProcessId", "ParentProcessId", "LoginUid", "LoginUser", "AuditSession", "AskedPath", "Comm", "Tty", "Capabilities", "PidNamespace"])
        {
            Assert.Equal(FieldKind.Absent, Get(e, field).Kind);
        }
    }

    [Fact]
    public void Next_event_shows_its_own_command_line()
    {
        var view = new HostEventView();
        var field = HostTaxonomy.FindField("CommandLine", EventCategory.All)!;
        view.Show(Exec);
        Assert.Equal("cat a b", view.Get(field).Text);

        view.Show(Some.Exec(Some.Process(arguments: ["ls", "-l"])));

        Assert.Equal("ls -l", view.Get(field).Text);
    }

    private static FieldValue Get(HostEvent e, string field)
    {
        var view = new HostEventView();
        view.Show(e);
        return view.Get(HostTaxonomy.FindField(field, EventCategory.All)!);
    }
}
