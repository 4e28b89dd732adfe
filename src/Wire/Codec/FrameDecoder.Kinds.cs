using System.Net;
using Wire.Model;

namespace Wire.Codec;

/// <content>From the values of an event's fields to an event of its kind, absent ones as the format says.</content>
public sealed partial class FrameDecoder
{
    private HostEvent MakeEvent(EventKind kind, in Common common, in EventValues values)
    {
        HostEvent made = kind switch
        {
            EventKind.Exec => MakeExec(common, values, FileOf(values)),
            EventKind.Fork => MakeFork(common, values),
            EventKind.Exit => MakeExit(values),
            EventKind.FileOpen => MakeFileOpen(values, FileOf(values)),
            EventKind.Call => MakeCall(values, FileOf(values)),
            _ => MakeNetwork(kind, values),
        };
        SetFacts(ref made.FactsToSet, common, values);
        return made;
    }

    private ref readonly OpenedFile FileOf(in EventValues values) => ref values.File == NoFile ? ref OpenedFile.None : ref _files[values.File];

    // In place: facts that are made elsewhere would have to be copied.
    private static void SetFacts(ref EventFacts facts, in Common common, in EventValues values)
    {
        facts.Host = common.Frame.Host;
        facts.Lane = common.Frame.Lane;
        facts.Sequence = common.Sequence;
        facts.BootNs = common.BootNs;
        facts.TimeNs = common.Frame.BootTimeUnixNs + (long)common.BootNs;
        facts.Process = common.Process;
        facts.Actor = common.Actor;
        facts.ThreadId = values.ThreadId;
        facts.Cpu = values.Cpu;
        facts.Flags = values.Flags;
        facts.Origin = values.Origin;
        facts.Repeated = values.Repeated;
        facts.RepeatedNs = values.RepeatedNs;
    }

    private ExecEvent MakeExec(in Common common, in EventValues values, in OpenedFile file)
    {
        return new ExecEvent
        {
            File = file.File,
            PathFlags = file.PathFlags,
            AskedPath = values.AskedPath ?? common.Process.Image,
            Interpreter = values.Interpreter ?? "",
            CallerComm = values.CallerComm ?? (_isWellKnown ? common.Process.Parent?.Comm : null) ?? "",
        };
    }

    private static ForkEvent MakeFork(in Common common, in EventValues values) => new()
    {
        Child = new ProcessKey(values.ChildPid, common.BootNs + (ulong)values.ChildStart),
    };

    private static ExitEvent MakeExit(in EventValues values) => new()
    {
        ExitCode = (int)values.ExitCode,
    };

    private static FileOpenEvent MakeFileOpen(in EventValues values, in OpenedFile file)
    {
        return new FileOpenEvent
        {
            File = file.File,
            PathFlags = file.PathFlags,
            Path = file.Path,
            AskedPath = values.AskedPath ?? file.Path,
            OpenFlags = file.OpenFlags ?? 0,
            Error = values.Error,
        };
    }

    private static CallEvent MakeCall(in EventValues values, in OpenedFile file)
    {
        return new CallEvent
        {
            Call = values.Call,
            File = file.File,
            PathFlags = file.PathFlags,
            Path = file.Path,
            OtherPath = values.OtherPath ?? "",
            Error = values.Error,
            Arguments = new CallArguments(values.First, values.Second, values.Third, values.Fourth),
        };
    }

    private static NetworkEvent MakeNetwork(EventKind kind, in EventValues values) => new(kind == EventKind.Send)
    {
        Address = values.Address ?? IPAddress.None,
        Port = values.Port,
        Protocol = values.Protocol ?? UsualValues.Protocol(kind),
    };

    // What all events of the frame have in common.
    private readonly record struct FrameFacts(HostIdentity Host, Lane Lane, ulong LastSequence, long BootTimeUnixNs);

    private readonly ref struct Common(ref readonly FrameFacts frame, ulong sequence, ulong bootNs, ProcessNode process, ActorFacts actor)
    {
        public readonly ref readonly FrameFacts Frame = ref frame;
        public readonly ulong Sequence = sequence;
        public readonly ulong BootNs = bootNs;
        public readonly ProcessNode Process = process;
        public readonly ActorFacts Actor = actor;
    }

    // Null where the format's meaning of "absent" depends on the kind or on another field.
    private struct EventValues
    {
        public uint ThreadId;
        public uint Cpu;
        public EventFlags Flags;
        public OriginFlags Origin;
        public uint Repeated;
        public ulong RepeatedNs;
        public int File;
        public string? AskedPath;
        public string? Interpreter;
        public string? CallerComm;
        public uint ChildPid;
        public long ChildStart;
        public uint ExitCode;
        public IPAddress? Address;
        public ushort Port;
        public byte? Protocol;
        public CallKind Call;
        public ushort Error;
        public string? OtherPath;
        public ulong First;
        public ulong Second;
        public ulong Third;
        public ulong Fourth;
    }
}
