using System.Globalization;
using System.Net;
using Wire.Model;

namespace Support;

/// <summary>
/// Valid model objects for tests: a test names only what it is about. Equal arguments give equal objects; nothing is random.
/// </summary>
/// <remarks>
/// The host was booted at 2026-01-01 00:00:00 UTC. Unless said otherwise event number n happened 100 s + n ms after that,
/// a process started 1 ms × pid after it, and a child of nobody in particular is a child of <see cref="Init"/>.
/// </remarks>
public static class Some
{
    /// <summary>Unix time of boot-time zero, ns: 2026-01-01 00:00:00 UTC.</summary>
    public const long BootTimeUnixNs = 1_767_225_600_000_000_000;

    /// <summary>The boot id of <see cref="Host"/>.</summary>
    public static readonly Guid BootId = new("0b7e3c1a-5d42-4f0e-9a68-1c2d3e4f5a6b");

    /// <summary>Process 1 of <see cref="Host"/>: systemd, root of every lineage.</summary>
    public static readonly ProcessNode Init = new()
    {
        Key = new ProcessKey(1, 1_000_000),
        Image = "/usr/lib/systemd/systemd",
        Comm = "systemd",
        Arguments = ["/sbin/init"],
        CurrentDirectory = "/",
        UserName = "root",
    };

    private static readonly HostIdentity DefaultHost = new(
        "i-0123456789abcdef0", BootId, "web-1",
        new CloudIdentity("123456789012", "eu-west-1", "eu-west-1b", "i-0123456789abcdef0", "t4g.small"));

    /// <summary>Nanoseconds in <paramref name="seconds"/>.</summary>
    public static ulong Seconds(double seconds) => (ulong)(seconds * 1e9);

    /// <summary>An EC2 host; with another <paramref name="hostId"/> another instance.</summary>
    public static HostIdentity Host(string? hostId = null, Guid? bootId = null, string hostName = "web-1", bool inCloud = true) => DefaultHost with
    {
        HostId = hostId ?? DefaultHost.HostId,
        BootId = bootId ?? BootId,
        HostName = hostName,
        Cloud = inCloud ? DefaultHost.Cloud! with { InstanceId = hostId ?? DefaultHost.HostId } : null,
    };

    /// <summary>A running program. <paramref name="arguments"/> default to the file name of <paramref name="image"/>.</summary>
    public static ProcessNode Process(
        string image = "/usr/bin/bash", IReadOnlyList<string>? arguments = null, ProcessNode? parent = null, uint pid = 4242,
        ulong? startNs = null, uint uid = 1000, string? userName = null, string? comm = null, string currentDirectory = "/home/alice")
    {
        var name = image[(image.LastIndexOf('/') + 1)..];
        return new ProcessNode
        {
            Key = new ProcessKey(pid, startNs ?? pid * 1_000_000ul),
            Parent = parent ?? Init,
            Image = image,
            Comm = comm ?? name[..Math.Min(name.Length, 15)],
            Arguments = arguments ?? [name],
            CurrentDirectory = currentDirectory,
            Uid = uid,
            UserName = userName ?? UserName(uid),
        };
    }

    /// <summary>Rights of a user who logged in as alice (1000) in audit session 3, whatever <paramref name="uid"/> acts.</summary>
    public static Credentials Credentials(
        uint uid = 1000, uint? euid = null, uint loginUid = 1000, uint auditSession = 3, ProcessKey? session = null) =>
        new(uid, euid ?? uid, uid, euid ?? uid, loginUid, auditSession, session ?? new ProcessKey(4000, 4_000_000_000));

    /// <summary>A program start. The caller asked for <see cref="ProcessNode.Image"/> unless <paramref name="askedPath"/> says otherwise.</summary>
    public static ExecEvent Exec(
        ProcessNode? process = null, ulong sequence = 1, ulong? bootNs = null, Lane lane = Lane.High, HostIdentity? host = null,
        Credentials? credentials = null, string? askedPath = null, string interpreter = "", string callerComm = "bash",
        FileIdentity? file = null, PathFlags pathFlags = PathFlags.None, EventFlags flags = EventFlags.None, uint repeated = 0)
    {
        var facts = Facts(process, sequence, bootNs, lane, host, credentials, flags, repeated);
        return new ExecEvent(facts)
        {
            File = file ?? new FileIdentity(0x800001, 131_072, 0x81ED, 1), PathFlags = pathFlags,
            AskedPath = askedPath ?? facts.Process.Image, Interpreter = interpreter, CallerComm = callerComm,
        };
    }

    /// <summary>A new process, made by <paramref name="process"/>.</summary>
    public static ForkEvent Fork(
        ProcessNode? process = null, ulong sequence = 1, ulong? bootNs = null, Lane lane = Lane.Bulk, HostIdentity? host = null,
        Credentials? credentials = null, ProcessKey? child = null)
    {
        var facts = Facts(process, sequence, bootNs, lane, host, credentials, EventFlags.None);
        return new ForkEvent(facts)
        {
            Child = child ?? new ProcessKey(facts.Process.Key.Pid + 1, facts.BootNs),
        };
    }

    /// <summary>The end of <paramref name="process"/>.</summary>
    public static ExitEvent Exit(
        ProcessNode? process = null, ulong sequence = 1, ulong? bootNs = null, Lane lane = Lane.Bulk, HostIdentity? host = null,
        Credentials? credentials = null, int exitCode = 0)
    {
        var facts = Facts(process, sequence, bootNs, lane, host, credentials, EventFlags.None);
        return new ExitEvent(facts)
        {
            ExitCode = exitCode,
        };
    }

    /// <summary>An open for reading. The process asked for <paramref name="path"/> unless <paramref name="askedPath"/> says otherwise.</summary>
    public static FileOpenEvent FileOpen(
        string path = "/etc/shadow", ProcessNode? process = null, ulong sequence = 1, ulong? bootNs = null, Lane lane = Lane.High,
        HostIdentity? host = null, Credentials? credentials = null, string? askedPath = null, FileIdentity? file = null,
        PathFlags pathFlags = PathFlags.None, uint openFlags = 0x8000, EventFlags flags = EventFlags.Sensitive, ushort error = 0)
    {
        var facts = Facts(process, sequence, bootNs, lane, host, credentials, flags);
        return new FileOpenEvent(facts)
        {
            Path = path, AskedPath = askedPath ?? path, PathFlags = pathFlags, OpenFlags = openFlags,
            File = file ?? (error == 0 ? new FileIdentity(0x800001, 262_144, 0x81A0, 1) : default), Error = error,
        };
    }

    /// <summary>A system call that is reported for itself.</summary>
    public static CallEvent Call(
        CallKind call, string path = "", string otherPath = "", ProcessNode? process = null, ulong sequence = 1, ulong? bootNs = null,
        Lane lane = Lane.Bulk, HostIdentity? host = null, Credentials? credentials = null, ushort error = 0, CallArguments arguments = default,
        PathFlags pathFlags = PathFlags.Unverified, FileIdentity file = default, EventFlags flags = EventFlags.Sensitive) =>
        new(Facts(process, sequence, bootNs, lane, host, credentials, flags))
        {
            Call = call, Path = path, OtherPath = otherPath, Error = error, Arguments = arguments, PathFlags = pathFlags, File = file,
        };

    /// <summary>A TCP connect.</summary>
    public static NetworkEvent Connect(
        string address = "203.0.113.7", ushort port = 443, ProcessNode? process = null, ulong sequence = 1, ulong? bootNs = null,
        Lane lane = Lane.Bulk, HostIdentity? host = null, Credentials? credentials = null, EventFlags flags = EventFlags.External, uint repeated = 0) =>
        Network(false, 6, address, port, Facts(process, sequence, bootNs, lane, host, credentials, flags, repeated));

    /// <summary>A UDP datagram.</summary>
    public static NetworkEvent Send(
        string address = "203.0.113.53", ushort port = 53, ProcessNode? process = null, ulong sequence = 1, ulong? bootNs = null,
        Lane lane = Lane.Bulk, HostIdentity? host = null, Credentials? credentials = null, EventFlags flags = EventFlags.External) =>
        Network(true, 17, address, port, Facts(process, sequence, bootNs, lane, host, credentials, flags));

    /// <summary>
    /// A frame of <paramref name="events"/>. Host and lane default to those of the first event, the range to that from the first
    /// to the last event; without events to the one number 1 of the bulk lane.
    /// </summary>
    public static Frame Frame(
        IReadOnlyList<HostEvent> events, SequenceRange? range = null, IReadOnlyList<LostRange>? lost = null, HostIdentity? host = null,
        Lane? lane = null) => new()
        {
            Host = host ?? (events.Count > 0 ? events[0].Host : Host()),
            Lane = lane ?? (events.Count > 0 ? events[0].Lane : Lane.Bulk),
            Range = range ?? (events.Count > 0 ? new SequenceRange(events[0].Sequence, events[^1].Sequence) : new SequenceRange(1, 1)),
            BootTimeUnixNs = BootTimeUnixNs,
            Events = events,
            Lost = lost ?? [],
        };

    private static NetworkEvent Network(
        bool isSend, byte protocol, string address, ushort port, EventFacts facts) => new(facts, isSend)
        {
            Address = IPAddress.Parse(address), Port = port, Protocol = protocol,
        };

    private static string UserName(uint uid) => uid switch
    {
        0 => "root",
        1000 => "alice",
        Wire.Model.Credentials.Unset => "",
        _ => string.Create(CultureInfo.InvariantCulture, $"user{uid}"),
    };

    // What all kinds share, with the defaults filled in.
    /// <summary>What is common to all kinds.</summary>
    public static EventFacts Facts(EventFlags flags) => Facts(null, 1, null, Lane.Bulk, null, null, flags);

    private static EventFacts Facts(
        ProcessNode? process, ulong sequence, ulong? bootNs, Lane lane, HostIdentity? host, Credentials? credentials, EventFlags flags, uint repeated = 0)
    {
        process ??= Process();
        var rights = credentials ?? Credentials(process.Uid);
        var time = bootNs ?? Seconds(100) + (sequence * 1_000_000);
        return new EventFacts
        {
            Host = host ?? DefaultHost,
            Lane = lane,
            Sequence = sequence,
            BootNs = time,
            TimeNs = BootTimeUnixNs + (long)time,
            Process = process,
            Actor = new ActorFacts
            {
                Credentials = rights, UserName = UserName(rights.Uid), EffectiveUserName = UserName(rights.Euid), LoginUserName = UserName(rights.LoginUid),
            },
            ThreadId = process.Key.Pid,
            Flags = flags,
            Repeated = repeated,
            RepeatedNs = repeated > 0 ? 500_000_000u : 0,
        };
    }
}
