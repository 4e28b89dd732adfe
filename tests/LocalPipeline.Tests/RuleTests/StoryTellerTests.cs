using LocalPipeline.Commands;
using LocalPipeline.Rules;
using LocalPipeline.RuleTests;
using Wire.Model;

namespace LocalPipeline.Tests.RuleTests;

public sealed class StoryTellerTests
{
    private const string Processes = """
        processes:
          sshd: { image: /usr/sbin/sshd }
          bash: { image: /usr/bin/bash, argv: [-bash], parent: sshd, user: alice, login: alice, session: 7, cwd: /home/alice }
          sudo: { image: /usr/bin/sudo, command: sudo cat x, parent: bash, user: alice, effective: root }
          pod: { image: /app, container: 4f5c0b7c6a21, user: carol, host: web-2 }
          child: { image: "/memfd:x", parent: pod }
          ping: { image: /usr/bin/ping, user: alice, capabilities: [cap_net_raw, cap_setuid] }

        """;

    [Fact]
    public void An_exec_has_the_lineage_rights_and_session_of_its_process()
    {
        var exec = Assert.IsType<ExecEvent>(Assert.Single(Tell("{ at: 1ms, exec: sudo }")));

        Assert.Equal(["/usr/bin/sudo", "/usr/bin/bash", "/usr/sbin/sshd", "/usr/lib/systemd/systemd"], exec.Process.Lineage().Select(node => node.Image));
        Assert.Equal("sudo cat x", exec.Process.CommandLine);
        Assert.Equal((1000u, 0u, 1000u, 7u), (exec.Credentials.Uid, exec.Credentials.Euid, exec.Credentials.LoginUid, exec.Credentials.AuditSession));
        Assert.Equal(exec.Process.Parent!.Key, exec.Credentials.Session);
        Assert.Equal(("alice", "root", "alice"), (exec.UserName, exec.EffectiveUserName, exec.LoginUserName));
        Assert.Equal("bash", exec.CallerComm);
        Assert.True(exec.Process.Key.StartNs > exec.Process.Parent.Key.StartNs);
        Assert.True(exec.Process.Key.StartNs < exec.BootNs);
    }

    [Theory]
    [InlineData("sudo", 0x1FF_FFFF_FFFF)]
    [InlineData("bash", 0)]
    [InlineData("ping", (1 << 13) | (1 << 7))]
    public void Capabilities_are_those_of_the_effective_user_or_as_given(string process, long capabilities) =>
        Assert.Equal((ulong)capabilities, Assert.Single(Tell($"{{ at: 0s, exec: {process} }}")).Credentials.Capabilities);

    [Fact]
    public void Users_that_are_not_known_are_numbered_and_nobody_logged_in_at_the_root()
    {
        var exec = Assert.Single(Tell("{ at: 0s, exec: pod }"));

        Assert.Equal(1002u, exec.Credentials.Uid);
        Assert.Equal(Credentials.Unset, exec.Credentials.LoginUid);
        Assert.Equal(Credentials.Unset, exec.Credentials.AuditSession);
        Assert.Equal("web-2", exec.Host.HostName);
    }

    [Fact]
    public void A_child_is_in_the_container_of_its_parent()
    {
        var events = Tell("{ at: 0s, exec: pod }", "{ at: 0s, exec: child, deleted: true }");

        Assert.All(events, e => Assert.Equal("4f5c0b7c6a21", e.ContainerId));
        Assert.Equal(events[0].CgroupId, events[1].CgroupId);
        var memory = (ExecEvent)events[1];
        Assert.Equal(PathFlags.Deleted | PathFlags.Detached, memory.PathFlags);
        Assert.Equal(0u, memory.File.LinkCount);
    }

    [Theory]
    [InlineData("{ at: 0s, exec: sudo }", EventFlags.Sensitive, Lane.High)]
    [InlineData("{ at: 0s, exec: bash }", EventFlags.None, Lane.Bulk)]
    [InlineData("{ at: 0s, open: /etc/shadow, by: bash }", EventFlags.Sensitive, Lane.High)]
    [InlineData("{ at: 0s, open: /home/alice/.ssh/id_rsa, by: bash }", EventFlags.Sensitive, Lane.High)]
    [InlineData("{ at: 0s, open: /etc/cron.d/below/x, by: bash }", EventFlags.Sensitive, Lane.High)]
    [InlineData("{ at: 0s, open: /srv/x, by: bash }", EventFlags.None, Lane.Bulk)]
    [InlineData("{ at: 0s, open: /srv/x, by: bash, alias: true }", EventFlags.Sensitive, Lane.High)]
    [InlineData("{ at: 0s, connect: \"203.0.113.7:443\", by: bash }", EventFlags.External, Lane.Bulk)]
    [InlineData("{ at: 0s, connect: \"10.1.2.3:443\", by: bash }", EventFlags.None, Lane.Bulk)]
    [InlineData("{ at: 0s, send: \"[2001:db8::1]:53\", by: bash }", EventFlags.External, Lane.Bulk)]
    public void Marks_are_those_of_the_shipped_configuration(string written, EventFlags flags, Lane lane)
    {
        var e = Assert.Single(Tell(written));

        Assert.Equal(flags, e.Facts.Flags);
        Assert.Equal(lane, e.Lane);
    }

    [Theory]
    [InlineData("read", 0x8000u)]
    [InlineData("write", 0x8001u)]
    [InlineData("append", 0x8401u)]
    [InlineData("create", 0x8041u)]
    public void Modes_of_an_open_are_flags_of_the_kernel(string mode, uint flags) =>
        Assert.Equal(flags, ((FileOpenEvent)Assert.Single(Tell($"{{ at: 0s, open: /a, by: bash, mode: {mode} }}"))).OpenFlags);

    [Fact]
    public void Events_of_one_moment_keep_the_order_in_which_they_stand()
    {
        var events = Tell(
            "{ at: 1s, exec: bash }", "{ at: 1s, open: /etc/shadow, by: bash }", "{ at: 1s, exec: pod }", "{ at: 1s, exec: sudo }",
            "{ at: 1s, exit: sudo, code: 3 }");

        Assert.Equal(events.Select(e => e.Id), events.OrderBy(e => e.TimeNs).ThenBy(e => e.Id).Select(e => e.Id));
        Assert.Equal(3 << 8, ((ExitEvent)events[4]).ExitCode);
    }

    [Fact]
    public void A_refused_open_has_its_error_and_no_file()
    {
        var open = (FileOpenEvent)Assert.Single(Tell("{ at: 0s, open: /etc/shadow, by: bash, error: EACCES }"));

        Assert.Equal((13, PathFlags.Unverified, default(FileIdentity), EventFlags.Sensitive), (open.Error, open.PathFlags, open.File, open.Flags));
    }

    [Fact]
    public void A_call_has_names_and_error_and_is_marked_by_either_name()
    {
        var call = (CallEvent)Assert.Single(Tell("{ at: 0s, call: rename, path: /tmp/x, from: /etc/shadow, by: bash, error: EPERM }"));

        Assert.Equal((CallKind.Rename, "/tmp/x", "/etc/shadow", 1), (call.Call, call.Path, call.OtherPath, call.Error));
        Assert.Equal((EventFlags.Sensitive, Lane.High), (call.Flags, call.Lane));
    }

    [Theory]
    [InlineData("chmod, path: /a, mode: 4755", 2541, 0)]
    [InlineData("chown, path: /a, uid: 33", 33, ulong.MaxValue)]
    [InlineData("setresuid, uid: 0", 0, 0)]
    [InlineData("setuid", ulong.MaxValue, ulong.MaxValue)]
    [InlineData("ptrace, target: sshd", 16, 1000)]
    [InlineData("process_vm_writev, target: sshd", 1000, 0)]
    public void Arguments_of_a_call_are_those_of_the_kernel(string call, ulong first, ulong second)
    {
        var arguments = ((CallEvent)Assert.Single(Tell($"{{ at: 0s, call: {call}, by: bash }}"))).Arguments;

        Assert.Equal((first, second), (arguments.First, arguments.Second));
    }

    private static IReadOnlyList<HostEvent> Tell(params string[] events)
    {
        var text = $"{Processes}tests:\n  - name: x\n    incidents: []\n    events:\n{string.Concat(events.Select(e => $"      - {e}\n"))}";
        var file = RuleTestReader.Read("x.tests.yml", text);
        Assert.Empty(file.Faults.Select(fault => fault.Message));
        return new StoryTeller(file.Cast, new WatchLists(SharedOptions.ReadAgentOptions(null))).Tell(Assert.Single(file.Tests).Events);
    }
}
