using System.Net;
using Support;
using Wire.Codec;
using Wire.Model;
using Wire.Text;

namespace Wire.Tests.Codec;

/// <summary>
/// Turns any bytes into a valid frame: the bytes are the dice. So a generator of bytes is a generator of frames, and shrinking the
/// bytes shrinks the frame. When they are used up every die shows 0.
/// </summary>
internal sealed class RandomFrame(byte[] dice)
{
    private readonly List<ProcessNode> _processes = [Some.Init];
    private readonly List<ActorFacts> _actors = [];
    private int _next;

    public static Frame Of(byte[] dice) => new RandomFrame(dice).Make();

    private Frame Make()
    {
        var host = new HostIdentity(
            "h" + Text(20), new Guid(Enumerable.Range(0, 16).Select(_ => (byte)Die(256)).ToArray()), Text(20),
            Die(2) == 0 ? null : new CloudIdentity(Text(12), Text(9), Text(10), Die(2) == 0 ? Text(19) : "h", Text(9)));
        var lane = (Lane)Die(3);
        var bootTime = (long)(Number() >> 2);
        var sequence = 1 + (Number() >> 2);
        var first = sequence;
        var lost = new List<LostRange>();
        for (var count = Die(4); count > 0; count--)
        {
            var start = sequence + (ulong)Die(5);
            sequence = start + 1 + (ulong)Die(100);
            lost.Add(new LostRange(new SequenceRange(start, sequence - 1), (LossCause)Die(5)));
        }

        var progress = new List<LaneProgress>();
        for (var next = Die(3); next < 3; next += 1 + Die(2))
        {
            progress.Add(new LaneProgress((Lane)next, Number() >> 1, Number() >> 2));
        }

        var beat = Die(3) == 1 ? Heartbeat() : null;
        var events = new List<HostEvent>();
        while (_next < dice.Length)
        {
            sequence += (ulong)Die(3);
            events.Add(Event(host, lane, sequence++, bootTime));
        }

        return new Frame
        {
            Host = host, Lane = lane, BootTimeUnixNs = bootTime, Events = events, Lost = lost,
            Range = new SequenceRange(first, sequence - 1 + (ulong)Die(10)), Progress = progress, Heartbeat = beat,
            Previous = Die(2) == 0 ? null : FrameDigest.Of([(byte)Die(256)]),
        };
    }

    private Heartbeat Heartbeat() => new()
    {
        TakenBootNs = Number() >> 2, UptimeNs = Number(), AgentVersion = Text(20), ConfigHash = Hash(), WatchHash = Hash(), Pins = (PinState)Die(5),
        Totals = new AgentTotals
        {
            Events = Number(), Filtered = Number(), Repeated = Number(), Unparsed = Number(), LostInKernel = Many(3, Number), ProcessEvictions = Number(),
            MapEvictions = Number(),
        },
        Sinks = Many(4, () => new SinkHealth
        {
            Name = Text(30), Trouble = Text(20), SinceBootNs = Number() >> 2, Delivered = Number(), Dropped = Number(), BacklogBytes = Number(),
            BacklogFrames = Number(), OldestMs = Number(), Spool = (SpoolState)Die(4),
        }),
        Signals = Many(5, () => new SignalHealth(Text(10), Text(10), (HookTrust)Die(5), Number() >> 2)),
    };

    private string Hash() => Convert.ToHexStringLower([.. Many(33, () => (byte)Die(256))]);

    private List<T> Many<T>(int most, Func<T> make) => [.. Enumerable.Range(0, Die(most)).Select(_ => make())];

    private HostEvent Event(HostIdentity host, Lane lane, ulong sequence, long bootTime)
    {
        var bootNs = Number() >> 2;
        var process = Process();
        var facts = new EventFacts
        {
            Host = host, Lane = lane, Sequence = sequence, BootNs = bootNs, TimeNs = bootTime + (long)bootNs, Process = process,
            Actor = Actor(), ThreadId = Id(), Cpu = Id(), Flags = (EventFlags)Die(4), Origin = (OriginFlags)Die(2),
        };
        var file = new FileIdentity(Id(), Number(), (ushort)Number(), Id());
        return Die(7) switch
        {
            0 => new ExecEvent(facts)
            {
                File = file, PathFlags = (PathFlags)Die(64),
                AskedPath = Die(2) == 0 ? process.Image : Text(30), Interpreter = Text(10),
                CallerComm = Die(2) == 0 ? process.Parent?.Comm ?? "" : Text(15),
            },
            1 => new ForkEvent(facts)
            {
                Child = Key(),
            },
            2 => new ExitEvent(facts)
            {
                ExitCode = (int)Id(),
            },
            3 => new FileOpenEvent(facts)
            {
                File = file, PathFlags = (PathFlags)Die(128), Path = Path(),
                AskedPath = Text(10), OpenFlags = Id(), Error = (ushort)(Die(3) * 13),
            },
            4 => new CallEvent(facts)
            {
                Call = (CallKind)(2 + Die(21)), File = file, PathFlags = (PathFlags)Die(128), Path = Path(), OtherPath = Text(10), Error = (ushort)Number(),
                Arguments = new CallArguments(Number(), Number(), Number(), Number()),
            },
            var kind => new NetworkEvent(facts, isSend: kind == 5)
            {
                Address = Address(), Port = (ushort)Number(), Protocol = (byte)Number(),
            },
        };
    }

    // Some share an object, some only say the same, most differ.
    private ActorFacts Actor()
    {
        if (_actors.Count == 0 || Die(3) > 0)
        {
            _actors.Add(new ActorFacts
            {
                Credentials = new Credentials(Id(), Id(), Id(), Id(), Id(), Id(), Key()) { Capabilities = Die(2) == 0 ? Number() : (1ul << Die(64)) - 1 },
                Terminal = Id(), Namespaces = Die(3) == 0 ? default : new Namespaces(Id(), Id(), Id(), Id()),
                UserName = Text(8), EffectiveUserName = Text(8), LoginUserName = Text(8), CgroupId = Number(), ContainerId = Die(3) == 0 ? Text(64) : "",
            });
        }

        var actor = _actors[Die(_actors.Count)];
        return Die(2) == 0 ? actor : actor with { };
    }

    private ProcessNode Process()
    {
        if (Die(2) == 0)
        {
            return _processes[Die(_processes.Count)];
        }

        var node = new ProcessNode
        {
            Key = Key(), Parent = Die(4) == 0 ? null : _processes[Die(_processes.Count)], Image = Path(), Comm = Text(15),
            Arguments = Enumerable.Range(0, Die(4)).Select(_ => Text(12)).ToArray(), ArgumentsTruncated = Die(2) == 1,
            CurrentDirectory = Path(), Uid = Id(), UserName = Text(6), LineageTruncated = Die(2) == 1,
        };
        _processes.Add(node);
        return node;
    }

    private IPAddress Address()
    {
        var bytes = Enumerable.Range(0, Die(2) == 0 ? 4 : 16).Select(_ => (byte)Die(256)).ToArray();
        bytes[0] |= 1;
        return new IPAddress(bytes);
    }

    private ProcessKey Key() => Die(5) == 0 ? default : new ProcessKey(Id(), Number());

    private uint Id() => Die(6) == 0 ? uint.MaxValue : (uint)Number();

    private string Path() => Die(4) == 0 ? WellKnownStrings.All[Die(WellKnownStrings.All.Length)] + Text(2) : "/" + string.Join('/', Enumerable.Range(0, Die(4)).Select(_ => Die(3) == 0 ? Text(10) : "usr"));

    private string Text(int max) => KernelString.FromBytes(
        Enumerable.Range(0, Die(max + 1)).Select(_ => Die(8) == 0 ? (byte)Die(256) : (byte)('a' + Die(4))).ToArray());

    // Small and large magnitudes alike.
    private ulong Number()
    {
        var value = 0ul;
        for (var bytes = Die(9); bytes > 0; bytes--)
        {
            value = (value << 8) | (uint)Die(256);
        }

        return value;
    }

    private int Die(int sides) => _next < dice.Length ? dice[_next++] % sides : 0;
}
