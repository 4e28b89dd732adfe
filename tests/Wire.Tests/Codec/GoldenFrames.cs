using System.Net;
using Support;
using Wire.Codec;
using Wire.Model;
using Wire.Text;

namespace Wire.Tests.Codec;

/// <summary>
/// The frames behind <c>tests/Fixtures/wire/v1</c>, by file name. The files stay for ever and must always decode; a frame here
/// may only be added. <c>UPDATE_GOLDEN=1 dotnet test tests/Wire.Tests</c> writes the files that do not exist yet.
/// </summary>
internal static class GoldenFrames
{
    public static readonly IReadOnlyDictionary<string, Frame> All = new Dictionary<string, Frame>
    {
        ["smallest"] = Smallest(),
        ["one-open"] = OneOpen(),
        ["every-kind"] = EveryKind(),
        ["losses"] = Losses(),
        ["odd-names"] = OddNames(),
        ["extremes"] = Extremes(),
        ["traffic"] = SampleTraffic.Frame(60),
        ["progress"] = Progress(),
        ["containers"] = Containers(),
        ["calls"] = Calls(),
        ["repeated"] = Repeated(),
        ["linked"] = Linked(),
        ["surroundings"] = Surroundings(),
        ["heartbeat"] = HeartbeatOfABusyHost(),
    };

    /// <summary>
    /// Frames with flags, in the same folder: they must decode for ever too, but another version of Brotli may pack them in other bytes, and the first is
    /// of an encoder that knew no other flag.
    /// </summary>
    public static readonly IReadOnlyDictionary<string, (Frame Frame, FrameFlags Flags)> Short = new Dictionary<string, (Frame, FrameFlags)>
    {
        ["packed-traffic"] = (SampleTraffic.Frame(100), FrameFlags.Compressed),
        ["packed-well-known"] = (SampleTraffic.Frame(60), FrameFlags.Compressed | FrameFlags.WellKnown),
        ["well-known"] = (WellKnown(), FrameFlags.WellKnown),
    };

    /// <summary>The bytes of all, as they are stored.</summary>
    public static TheoryData<string> Names => [.. All.Keys, .. Short.Keys];

    /// <summary>The stored bytes.</summary>
    public static byte[] Bytes(string name) => File.ReadAllBytes(Repository.File($"tests/Fixtures/wire/v1/{name}.frame"));

    // The frame of the example, sent after the smallest.
    private static Frame Linked()
    {
        var open = OneOpen();
        return new Frame
        {
            Host = open.Host, Lane = open.Lane, Range = open.Range, BootTimeUnixNs = open.BootTimeUnixNs, Events = open.Events,
            Progress = [new LaneProgress(Lane.High, 7, 90_000_200_000)], Previous = FrameDigest.Of(new FrameEncoder().Encode(Smallest())),
        };
    }

    // A host that is alive and has nothing to say.
    private static Frame Smallest() => Some.Frame([], new SequenceRange(1, 0), host: new HostIdentity("h", Guid.Empty, "", null));

    // Each of the strings, a name that begins like one, and callers that are the parent and are not.
    private static Frame WellKnown()
    {
        var host = Some.Host("h", hostName: "", inCloud: false);
        var shell = new ProcessNode { Key = new ProcessKey(1, 1), Image = "/usr/bin/dash", Comm = "sh", Arguments = WellKnownStrings.All, UserName = "root" };
        var child = new ProcessNode { Key = new ProcessKey(2, 2), Parent = shell, Image = "/usr/bin/x", Comm = "x", Arguments = ["x"], UserName = "root" };
        return Some.Frame([Some.Exec(child, 1, host: host, callerComm: "sh"), Some.Exec(child, 2, host: host, callerComm: "")], host: host);
    }

    // The example of docs/wire-format.md.
    private static Frame OneOpen()
    {
        var host = Some.Host("i-0abc", hostName: "web-1", inCloud: false);
        var init = new ProcessNode { Key = new ProcessKey(1, 10_000_000), Image = "/sbin/init", Comm = "init", UserName = "root" };
        var cat = Some.Process("/bin/cat", ["cat", "/etc/shadow"], init, 300, 90_000_000_000, uid: 0, currentDirectory: "/root");
        return Some.Frame(
            [Some.FileOpen("/etc/shadow", cat, 7, 90_000_150_000, host: host, credentials: Some.Credentials(0, session: new ProcessKey(300, 90_000_000_000)))],
            new SequenceRange(5, 7), host: host);
    }

    private static Frame Calls() => Some.Frame(
    [
        Some.Call(CallKind.Rename, "/etc/shadow", "/etc/shadow+", sequence: 1, lane: Lane.High),
        Some.Call(CallKind.Chmod, "/usr/bin/bash", sequence: 2, lane: Lane.High, arguments: new CallArguments(0x9ED, 0, 0, 0), pathFlags: PathFlags.None,
            file: new FileIdentity(0x800001, 77, 0x89ED, 1)),
        Some.Call(CallKind.Ptrace, sequence: 3, lane: Lane.High, error: 1, arguments: new CallArguments(16, 4321, 0, ulong.MaxValue), flags: EventFlags.None),
        Some.FileOpen("/etc/shadow", sequence: 4, askedPath: "../etc/shadow", error: 13, pathFlags: PathFlags.Unverified),
    ]);

    // Many alike told as one, the most that can be told, and a single one beside them.
    private static Frame Repeated() =>
        Some.Frame([Repeated(1_000_000, 199_900, 998_000_000), Repeated(2_000_000, uint.MaxValue, long.MaxValue), Repeated(3_000_000, 0, 0)]);

    private static NetworkEvent Repeated(ulong sequence, uint repeated, ulong repeatedNs) => new(
        new EventFacts
        {
            Host = Some.Host(), Lane = Lane.Bulk, Sequence = sequence, BootNs = sequence, TimeNs = Some.BootTimeUnixNs + (long)sequence,
            Process = Some.Init, Actor = new ActorFacts { Credentials = Some.Credentials() }, Repeated = repeated, RepeatedNs = repeatedNs, Flags = EventFlags.External,
        },
        isSend: false)
    {
        Address = IPAddress.Parse("203.0.113.7"), Port = 443, Protocol = 17,
    };

    private static Frame EveryKind()
    {
        var shell = Some.Process("/usr/bin/bash", ["-bash"], pid: 4000);
        var sudo = new ProcessNode
        {
            Key = new ProcessKey(4242, 7_000_000_000), Parent = shell, Image = "/usr/bin/sudo", Comm = "sudo",
            Arguments = ["sudo", "-u", "root", "", "cat"], ArgumentsTruncated = true, CurrentDirectory = "/tmp", Uid = 1000,
            UserName = "alice", LineageTruncated = true,
        };
        var rights = new Credentials(1000, 0, 1001, 2, 1000, 77, new ProcessKey(4000, 4_000_000_000));
        return Some.Frame(
        [
            new ExecEvent(new EventFacts
            {
                Host = Some.Host(), Lane = Lane.Bulk, Sequence = 11, BootNs = 7_000_000_500, TimeNs = Some.BootTimeUnixNs + 7_000_000_500,
                Process = sudo,
                Actor = new ActorFacts { Credentials = rights, UserName = "alice", EffectiveUserName = "root", LoginUserName = "alice", CgroupId = 7_105 },
                ThreadId = 4243, Cpu = 3, Flags = EventFlags.Sensitive | EventFlags.External, Origin = OriginFlags.Compat32,
            })
            {
                File = new FileIdentity(0x10300002, 9_000_000_000, 0x89ED, 2), PathFlags = PathFlags.Alias | PathFlags.AskedTruncated,
                AskedPath = "./sudo", Interpreter = "/usr/bin/env", CallerComm = "bash",
            },
            Some.Fork(sudo, 12, 7_100_000_000, child: new ProcessKey(4300, 7_099_999_000)),
            Some.Exit(sudo, 13, 7_100_000_001, exitCode: 139),
            Some.FileOpen(
                "/srv/secret (deleted)", sudo, 15, 7_100_000_000, Lane.Bulk, askedPath: "/proc/self/fd/7", file: new FileIdentity(7, 42, 0x8180, 0),
                pathFlags: PathFlags.Deleted | PathFlags.Detached, openFlags: 0x8042, flags: EventFlags.None),
            Some.Connect("203.0.113.7", 8443, shell, 16, 7_200_000_000),
            Some.Connect("2001:db8::7", 443, sudo, 17, 7_200_000_100, flags: EventFlags.None),
            Some.Send("198.51.100.9", 53, sudo, 20, 7_200_000_300),
        ], new SequenceRange(10, 24));
    }

    private static Frame Losses() => Some.Frame(
        [Some.Exit(sequence: 140)], new SequenceRange(100, 200),
        [
            new LostRange(new SequenceRange(100, 100), LossCause.Kernel), new LostRange(new SequenceRange(101, 120), LossCause.Spool),
            new LostRange(new SequenceRange(150, 160), LossCause.Unparsed), new LostRange(new SequenceRange(200, 200), LossCause.Unknown),
        ]);

    private static Frame OddNames()
    {
        var name = "/tmp/" + KernelString.FromBytes([0xFF, 0x1B, (byte)'[', (byte)'2', (byte)'J', 0x0A, 0xC3, 0x28, 0xE2, 0x80, 0xAE]);
        return Some.Frame(
        [
            Some.FileOpen(name, sequence: 1),
            Some.FileOpen(name + KernelString.FromBytes([0x80]), sequence: 2, askedPath: ""),
            Some.Exec(Some.Process("/tmp/übung/日本/🚀", ["🚀", "", " ", "\u202Efdp.exe"], comm: "übung"), 3),
        ]);
    }

    // An idle bulk lane and a lane of a later version, told by a high-value frame.
    private static Frame Progress() => new()
    {
        Host = Some.Host(), Lane = Lane.High, Range = new SequenceRange(7, 7), BootTimeUnixNs = Some.BootTimeUnixNs,
        Events = [Some.FileOpen(sequence: 7)],
        Progress =
        [
            new LaneProgress(Lane.High, 7, 100_250_000_000), new LaneProgress(Lane.Bulk, 0, 100_250_000_000),
            new LaneProgress((Lane)255, long.MaxValue, (ulong)(long.MaxValue - Some.BootTimeUnixNs)),
        ],
    };

    // With an event; of a host whose stream refuses, whose disk is full, and of which one hook is silent.
    private static Frame HeartbeatOfABusyHost() => new()
    {
        Host = Some.Host(), Lane = Lane.High, Range = new SequenceRange(7, 7), BootTimeUnixNs = Some.BootTimeUnixNs,
        Events = [Some.FileOpen(sequence: 7)],
        Progress = [new LaneProgress(Lane.High, 7, 100_250_000_000)],
        Heartbeat = new Heartbeat
        {
            TakenBootNs = 100_251_000_000, UptimeNs = 60_000_000_000, AgentVersion = "1.2.3-rc.1", ConfigHash = "00ff102030405060708090a0b0c0d0e0",
            WatchHash = "a1", Pins = PinState.Adopted,
            Totals = new AgentTotals
            {
                Events = 1_000_000, Filtered = 900_000, Repeated = 50_000, Unparsed = 1, LostInKernel = [0, 77, ulong.MaxValue], ProcessEvictions = 5, MapEvictions = 6,
            },
            Sinks =
            [
                new SinkHealth
                {
                    Name = "kinesis stream edge", Trouble = "denied", SinceBootNs = 99_000_000_000, Delivered = 40_000, Dropped = 12, BacklogBytes = 1 << 26,
                    BacklogFrames = 3_000, OldestMs = 86_400_000, Spool = SpoolState.Memory,
                },
                new SinkHealth { Name = "console" },
            ],
            Signals =
            [
                new SignalHealth("file-open", "fexit", HookTrust.Silent, 100_200_000_000), new SignalHealth("calls", ""),
                new SignalHealth("network", "cgroup", (HookTrust)255),
            ],
        },
    };

    // Three events in one container, one in a task of ECS, one in none: each as the one before, or not.
    private static Frame Containers()
    {
        var docker = new string('0', 32) + new string('f', 32);
        string[] containers = [docker, docker, "0123456789abcdef0123456789abcdef-1234567890", "", docker];
        return Some.Frame([.. containers.Select((id, i) => InContainer(id, (ulong)i + 1))]);
    }

    private static ExitEvent InContainer(string containerId, ulong sequence) => new(new EventFacts
    {
        Host = Some.Host(), Lane = Lane.Bulk, Sequence = sequence, BootNs = sequence, TimeNs = Some.BootTimeUnixNs + (long)sequence, Process = Some.Init,
        Actor = new ActorFacts { Credentials = Some.Credentials(), CgroupId = 7_105 + (ulong)containerId.Length, ContainerId = containerId },
    });

    // Rights, terminals and namespaces: all, none, some; as the one before, or not.
    private static Frame Surroundings() => Some.Frame(
    [
        InSurroundings(1, (1ul << 41) - 1, 0, new Namespaces(4_026_531_841, 4_026_531_836, 4_026_531_833, 4_026_531_837)),
        InSurroundings(2, (1ul << 41) - 1, (136 << 20) + 3, new Namespaces(4_026_531_841, 4_026_531_836, 4_026_531_833, 4_026_531_837)),
        InSurroundings(3, 0xA804_25FB, (4 << 20) + 64, new Namespaces(4_026_532_600, 4_026_532_603, 4_026_532_605, 4_026_531_837)),
        InSurroundings(4, 0, 0, default),
        InSurroundings(5, ulong.MaxValue, uint.MaxValue, new Namespaces(uint.MaxValue, 1, 0, uint.MaxValue)),
    ]);

    private static ExitEvent InSurroundings(ulong sequence, ulong capabilities, uint terminal, Namespaces namespaces) => new(new EventFacts
    {
        Host = Some.Host(), Lane = Lane.Bulk, Sequence = sequence, BootNs = sequence, TimeNs = Some.BootTimeUnixNs + (long)sequence, Process = Some.Init,
        Actor = new ActorFacts { Credentials = Some.Credentials() with { Capabilities = capabilities }, Terminal = terminal, Namespaces = namespaces },
    });

    private static Frame Extremes()
    {
        var host = new HostIdentity(new string('h', 128), Some.BootId, new string('n', 300), new CloudIdentity("", "a", "", "", ""));
        var oldest = new ProcessNode { Key = new ProcessKey(uint.MaxValue, ulong.MaxValue), LineageTruncated = true };
        var youngest = new ProcessNode { Key = default, Parent = oldest, Uid = uint.MaxValue };
        var greatest = new EventFacts
        {
            Host = host, Lane = (Lane)255, Sequence = 1, BootNs = long.MaxValue, TimeNs = long.MaxValue - 5, Process = youngest,
            Actor = new ActorFacts
            {
                Credentials = new Credentials(uint.MaxValue, 0, uint.MaxValue, 0, 0, 0, new ProcessKey(uint.MaxValue, ulong.MaxValue)), CgroupId = ulong.MaxValue,
            },
            ThreadId = uint.MaxValue, Cpu = uint.MaxValue, Flags = (EventFlags)ushort.MaxValue, Origin = (OriginFlags)ushort.MaxValue,
        };
        var least = new EventFacts
        {
            Host = host, Lane = (Lane)255, Sequence = long.MaxValue, BootNs = 0, TimeNs = -5, Process = oldest, Actor = new ActorFacts { Credentials = default },
        };
        return new Frame
        {
            Host = host, Lane = (Lane)255, Range = new SequenceRange(1, long.MaxValue), BootTimeUnixNs = -5,
            Lost = [new LostRange(new SequenceRange(2, long.MaxValue - 1), (LossCause)255)],
            Events =
            [
                new NetworkEvent(greatest, isSend: false)
                {
                    Address = IPAddress.IPv6Any, Port = ushort.MaxValue, Protocol = byte.MaxValue,
                },
                new FileOpenEvent(least)
                {
                    Path = "", AskedPath = "a", PathFlags = (PathFlags)ushort.MaxValue, OpenFlags = uint.MaxValue,
                    File = new FileIdentity(uint.MaxValue, ulong.MaxValue, ushort.MaxValue, uint.MaxValue),
                },
            ],
        };
    }
}
