using LocalPipeline.Rules;
using Wire.Model;

namespace LocalPipeline.RuleTests;

/// <summary>Makes the events that an agent would send of a story, in its order.</summary>
internal sealed class StoryTeller(StoryCast cast, WatchLists watch)
{
    private const uint Device = 0x800001;
    private const ushort RegularFile = 0x81A4;

    private readonly Dictionary<(HostIdentity Host, Lane Lane), ulong> _numbers = [];
    private HostEvent? _last;

    /// <summary>The events of one story; a teller tells one only.</summary>
    internal IReadOnlyList<HostEvent> Tell(IEnumerable<StoryEvent> events) => [.. events.Select(Make)];

    private HostEvent Make(StoryEvent e)
    {
        var actor = cast.Find(e.Process);
        return _last = e.Kind switch
        {
            EventKind.Exec => new ExecEvent(Facts(e, actor, e.IsAlias || watch.IsWatchedCommand(actor.Node.Image) ? EventFlags.Sensitive : EventFlags.None))
            {
                File = FileOf(actor.Node.Image, e),
                PathFlags = FlagsOf(actor.Node.Image, e),
                AskedPath = e.Asked ?? actor.Node.Image,
                Interpreter = e.Interpreter,
                CallerComm = e.Caller ?? actor.Node.Parent!.Comm,
            },
            EventKind.FileOpen => new FileOpenEvent(Facts(e, actor, e.IsAlias || watch.IsWatchedFile(e.Path) ? EventFlags.Sensitive : EventFlags.None))
            {
                Path = e.Path,
                AskedPath = e.Asked ?? e.Path,
                PathFlags = FlagsOf(e.Path, e) | (e.Error == 0 ? PathFlags.None : PathFlags.Unverified),
                File = e.Error == 0 ? FileOf(e.Path, e) : default,
                OpenFlags = e.OpenFlags,
                Error = e.Error,
            },
            EventKind.Call => CallOf(e, actor),
            EventKind.Exit => new ExitEvent(Facts(e, actor, EventFlags.None)) { ExitCode = e.ExitCode },
            _ => new NetworkEvent(
                Facts(e, actor, watch.IsExternal(e.Remote!.Address) ? EventFlags.External : EventFlags.None), e.Kind == EventKind.Send)
            {
                Address = e.Remote.Address.IsIPv4MappedToIPv6 ? e.Remote.Address.MapToIPv4() : e.Remote.Address,
                Port = (ushort)e.Remote.Port,
                Protocol = e.Protocol,
            },
        };
    }

    private CallEvent CallOf(StoryEvent e, CastMember actor)
    {
        var isWatched = e.IsAlias || watch.IsWatchedFile(e.Path) || watch.IsWatchedFile(e.OtherPath);
        ulong target = e.Target is null ? 0 : cast.Find(e.Target).Node.Key.Pid;
        return new CallEvent(Facts(e, actor, isWatched ? EventFlags.Sensitive : EventFlags.None))
        {
            Call = e.Call,
            Path = e.Path,
            OtherPath = e.OtherPath,
            PathFlags = FlagsOf(e.Path, e) | (e.Path.Length > 0 ? PathFlags.Unverified : PathFlags.None),
            Error = e.Error,
            Arguments = e.Call switch
            {
                CallKind.Ptrace => e.Arguments with { Second = target },
                CallKind.MemoryWrite => e.Arguments with { First = target },
                _ => e.Arguments,
            },
        };
    }

    private EventFacts Facts(StoryEvent e, CastMember actor, EventFlags flags)
    {
        var lane = (flags & EventFlags.Sensitive) != 0 ? Lane.High : Lane.Bulk;
        var number = _numbers[(actor.Host, lane)] = _numbers.GetValueOrDefault((actor.Host, lane)) + 1;
        var bootNs = Math.Max(StoryClock.BootNs(e.AtNs), _last?.BootNs ?? 0);
        if (_last?.BootNs == bootNs && new EventId(actor.Host.HostId, actor.Host.BootId, lane, number) < _last.Id)
        {
            // Of one moment, but of another lane or host: only a later time puts it after the one that stands before it.
            bootNs++;
        }

        return new EventFacts
        {
            Host = actor.Host,
            Lane = lane,
            Sequence = number,
            BootNs = bootNs,
            TimeNs = StoryClock.TimeNs(bootNs),
            Process = actor.Node,
            Actor = new ActorFacts
            {
                Credentials = actor.Credentials,
                UserName = actor.Node.UserName,
                EffectiveUserName = actor.EffectiveUserName,
                LoginUserName = actor.LoginUserName,
                CgroupId = actor.CgroupId,
                ContainerId = actor.Container,
            },
            ThreadId = actor.Node.Key.Pid,
            Flags = flags,
            Origin = e.Origin,
        };
    }

    private static PathFlags FlagsOf(string path, StoryEvent e) =>
        (e.IsAlias ? PathFlags.Alias : PathFlags.None)
        | (e.IsDeleted ? PathFlags.Deleted : PathFlags.None)
        | (path.StartsWith("/memfd:", StringComparison.Ordinal) ? PathFlags.Detached : PathFlags.None);

    // One inode per path: enough to tell files apart.
    private static FileIdentity FileOf(string path, StoryEvent e) => new(
        Device, (ulong)path.Aggregate(17L, (hash, c) => (hash * 31 + c) & 0x7FFF_FFFF) + 1, RegularFile,
        e.IsDeleted ? 0u : e.IsAlias ? 2u : 1u);
}
