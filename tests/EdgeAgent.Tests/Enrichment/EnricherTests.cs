using System.Net;
using EdgeAgent.Enrichment;
using EdgeAgent.Intake;
using EdgeAgent.Parsing;
using EdgeAgent.Tests.Fakes;
using Support;
using Wire.Model;

namespace EdgeAgent.Tests.Enrichment;

public sealed class EnricherTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ProcessTable _processes = new();
    private readonly RecordParser _parser = new();
    private readonly Enricher _enricher;

    public EnricherTests()
    {
        _folder.File("passwd", "root:x:0:0:::\nalice:x:1000:1000:::\n");
        var users = new UserNames(_folder["passwd"]);
        var containers = new ContainerIds(cgroup => $"/docker/{new string('a', 62)}{cgroup}");
        _enricher = new Enricher(
            Some.Host(), new BootClock(Some.BootTimeUnixNs), users, new Actors(users, containers, _processes), _processes, new ProcFiles(_folder.Path),
            new CallReader(new AskedNames(_folder["proc"]), IsWatched), IsWatched, new EventPool());
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Facts_of_the_record_and_of_the_host_are_in_the_event()
    {
        var open = Assert.IsType<FileOpenEvent>(Enrich(KernelBytes.FileOpen(KernelBytes.Task(uid: 1000, euid: 0), openFlags: 2, sequence: 9)));
        Assert.Equal((Some.Host(), Lane.High, 9ul, 3u), (open.Host, open.Lane, open.Sequence, open.Cpu));
        Assert.Equal((5_000_000_000ul, Some.BootTimeUnixNs + 5_000_000_000), (open.BootNs, open.TimeNs));
        Assert.Equal(("alice", "root", "alice"), (open.UserName, open.EffectiveUserName, open.LoginUserName));
        Assert.Equal(new Credentials(1000, 0, 1000, 1000, 1000, 7, ProcessKey.Unknown), open.Credentials);
        Assert.Equal(("/etc/shadow", "shadow", 2u, new FileIdentity(0x800001, 42, 0x81A0, 1)), (open.Path, open.AskedPath, open.OpenFlags, open.File));
        Assert.Equal((EventFlags.Sensitive, 200u, 77ul), (open.Flags, open.ThreadId, open.CgroupId));
    }

    [Theory]
    [InlineData("/etc/shadow", 1u, 0, PathFlags.None)]
    [InlineData("/mnt/shadow", 1u, 0, PathFlags.Alias)]
    [InlineData("/mnt/shadow", 0u, 0, PathFlags.None)]
    [InlineData("/mnt/shadow", 1u, 4, PathFlags.Deleted)]
    [InlineData("shadow", 1u, 1, PathFlags.Truncated)]
    public void Watched_file_under_a_path_that_no_list_names_is_an_alias(string path, uint watch, ushort flags, PathFlags expected)
    {
        var file = new EdgeFile { Inode = 42, Watch = (EdgeWatch)watch, PathFlags = flags };

        var open = Assert.IsType<FileOpenEvent>(Enrich(KernelBytes.FileOpen(path: System.Text.Encoding.UTF8.GetBytes(path), file: file)));

        Assert.Equal(expected, open.PathFlags);
    }

    [Fact]
    public void Events_of_one_actor_share_it_and_one_that_differs_in_anything_is_another()
    {
        Func<EdgeTask, EdgeTask>[] changes =
        [
            task => task with { Uid = 9 }, task => task with { Euid = 9 }, task => task with { Gid = 9 }, task => task with { Egid = 9 },
            task => task with { LoginUid = 9 }, task => task with { AuditSession = 9 }, task => task with { SessionPid = 9 }, task => task with { Capabilities = 9 },
            task => task with { Terminal = 9 }, task => task with { MountNamespace = 9 }, task => task with { PidNamespace = 9 },
            task => task with { NetworkNamespace = 9 }, task => task with { UserNamespace = 9 }, task => task with { CgroupId = 9 },
        ];
        var actor = Enrich(KernelBytes.Fork()).Facts.Actor;

        Assert.Same(actor, Enrich(KernelBytes.FileOpen(KernelBytes.Task())).Facts.Actor);
        Assert.All(changes, change =>
        {
            Assert.NotEqual(actor, Enrich(KernelBytes.Fork(change(KernelBytes.Task()))).Facts.Actor);
            Assert.Equal(actor, Enrich(KernelBytes.Fork()).Facts.Actor);
        });
    }

    [Fact]
    public void No_more_actors_are_remembered_than_may_be()
    {
        var users = new UserNames(_folder["passwd"]);
        var actors = new Actors(users, new ContainerIds(_ => ""), _processes, capacity: 2);
        ActorFacts Of(uint uid) => actors.Of(KernelBytes.Task(uid: uid));

        var (first, second) = (Of(1), Of(2));
        Assert.Same(first, Of(1));
        Assert.Same(second, Of(2));
        _ = Of(3);

        Assert.NotSame(first, Of(1));
        Assert.Equal(first, Of(1));
    }

    [Fact]
    public void A_user_who_was_renamed_acts_under_the_new_name()
    {
        byte[] Fork() => KernelBytes.Fork(KernelBytes.Task(uid: 1000)).With(header => header with { BootNs = BootClock.NowNs() });

        Assert.Equal("alice", Enrich(Fork()).UserName);
        File.Move(_folder.File("passwd.new", "root:x:0:0:::\ncarol:x:1000:1000:::\n"), _folder["passwd"], overwrite: true);

        Assert.Equal("carol", Enrich(Fork()).UserName);
    }

    [Fact]
    public void Container_is_that_of_the_cgroup() =>
        Assert.Equal(new string('a', 62) + "77", Enrich(KernelBytes.Fork()).ContainerId);

    [Fact]
    public void Login_user_that_is_not_set_has_no_name() =>
        Assert.Equal("", Enrich(KernelBytes.Fork(KernelBytes.Task(loginUid: Credentials.Unset))).LoginUserName);

    [Fact]
    public void Unknown_process_is_made_from_the_record_and_from_proc()
    {
        _folder.File("200/stat", "200 (bash) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 200 1 1 1\n");
        _folder.File("200/cmdline", "bash\0-l\0");
        File.CreateSymbolicLink(_folder["200/exe"], "/usr/bin/bash");
        File.CreateSymbolicLink(_folder["200/cwd"], "/home/alice");
        var network = Assert.IsType<NetworkEvent>(Enrich(KernelBytes.Network()));
        Assert.Equal(("/usr/bin/bash", "bash", "/home/alice"), (network.Process.Image, network.Process.Comm, network.Process.CurrentDirectory));
        Assert.Equal(["bash", "-l"], network.Process.Arguments);
        Assert.True(network.Process.LineageTruncated);
        Assert.Equal((EventFlags.External, EventKind.Connect, IPAddress.Parse("203.0.113.7")), (network.Flags, network.Kind, network.Address));
        Assert.Same(network.Process, Enrich(KernelBytes.Network(EventKind.Send, sequence: 2)).Process);
    }

    [Fact]
    public void Exec_shows_the_new_image_and_who_called_it()
    {
        _processes.Put(Some.Process("/usr/bin/bash", pid: 100, startNs: 1_000_000_000));
        Enrich(KernelBytes.Fork(KernelBytes.Task(100, 1_000_000_000, 1, 1), childPid: 200, childStartNs: 2_000_000_000));
        var exec = Assert.IsType<ExecEvent>(Enrich(KernelBytes.Exec(
            KernelBytes.Task(comm: "id"), asked: "id"u8.ToArray(), file: new EdgeFile { Inode = 5, Watch = EdgeWatch.Exec, PathFlags = 8 })));
        Assert.Equal(("/usr/bin/id", "id", "bash", "/usr/bin/bash"), (exec.Process.Image, exec.Process.Comm, exec.CallerComm, exec.Process.Parent!.Image));
        Assert.Equal((EventFlags.Sensitive, PathFlags.Alias, "id", "/tmp"), (exec.Flags, exec.PathFlags, exec.AskedPath, exec.Process.CurrentDirectory));
        Assert.Equal(["id", "-u"], exec.Process.Arguments);
    }

    [Fact]
    public void Caller_of_an_exec_in_an_unknown_process_is_unknown()
    {
        var exec = Assert.IsType<ExecEvent>(Enrich(KernelBytes.Exec(KernelBytes.Task(comm: "id"))));
        Assert.Equal(("", "id"), (exec.CallerComm, exec.Process.Comm));
    }

    [Fact]
    public void Lineage_is_that_of_the_forks_also_when_the_kernel_gave_the_process_another_parent()
    {
        var shell = _processes.Put(Some.Process("/usr/bin/bash", pid: 100, startNs: 1_000_000_000));
        Enrich(KernelBytes.Fork(KernelBytes.Task(100, 1_000_000_000, 1, 1), 200, 2_000_000_000));
        Enrich(KernelBytes.Exit(KernelBytes.Task(100, 1_000_000_000, 1, 1)));
        var orphan = Enrich(KernelBytes.Network(task: KernelBytes.Task(200, 2_000_000_000, parentPid: 1, parentStartNs: 1_000_000)));
        Assert.Same(shell, orphan.Process.Parent);
    }

    [Fact]
    public void Fork_and_exit_are_events_of_the_process_that_acted()
    {
        var fork = Assert.IsType<ForkEvent>(Enrich(KernelBytes.Fork(childPid: 201, childStartNs: 7)));
        Assert.Equal((new ProcessKey(201, 7), 200u), (fork.Child, fork.Process.Key.Pid));
        Assert.Same(fork.Process, _processes.Find(fork.Child)!.Parent);
        var exit = Assert.IsType<ExitEvent>(Enrich(KernelBytes.Exit(exitCode: 9)));
        Assert.Equal((9, fork.Process), (exit.ExitCode, exit.Process));
    }

    [Fact]
    public void Session_names_its_leader_with_its_start_when_the_agent_knows_it()
    {
        var leader = _processes.Put(Some.Process(pid: 150, startNs: 15));
        Assert.Equal(leader.Key, Enrich(KernelBytes.Fork(KernelBytes.Task(sessionPid: 150))).Credentials.Session);
        Assert.Equal(new ProcessKey(151, 0), Enrich(KernelBytes.Fork(KernelBytes.Task(sessionPid: 151))).Credentials.Session);
        Assert.Equal(ProcessKey.Unknown, Enrich(KernelBytes.Fork()).Credentials.Session);
    }

    [Fact]
    public void Origin_of_a_32_bit_call_is_kept() => Assert.Equal(
        OriginFlags.Compat32, Enrich(KernelBytes.Fork().With(h => h with { Origin = 1 })).Origin);

    private static bool IsWatched(string path) => path == "/etc/shadow";

    private HostEvent Enrich(byte[] record)
    {
        Assert.Equal(ParseFault.None, _parser.Parse(record, out var parsed));
        return _enricher.Enrich(parsed!);
    }
}
