using Wire.Model;

namespace Wire.Codec;

/// <content>The events. Each goes through the tables, so they are written before the tables are complete.</content>
public sealed partial class FrameEncoder
{
    private readonly WireWriter _events = new();

    // False as soon as a limit is exceeded.
    private bool WriteEvents()
    {
        _events.Clear();
        if (_frame.Events.Count > FrameFormat.MaxEvents)
        {
            return false;
        }

        var sequence = _frame.Range.First;
        var bootNs = 0ul;
        foreach (var @event in FrameRules.EventsOf(_frame))
        {
            ref readonly var facts = ref @event.Facts;
            WriteEvent(@event, facts, facts.Sequence - sequence, (long)(facts.BootNs - bootNs));
            sequence = facts.Sequence + 1;
            bootNs = facts.BootNs;
            if (_events.Length > FrameFormat.MaxFrameBytes || !TablesFit)
            {
                return false;
            }
        }

        return true;
    }

    private void WriteEvent(HostEvent @event, in EventFacts facts, ulong skipped, long elapsed)
    {
        var kind = @event.Kind;
        var process = AddProcess(facts.Process);
        var actor = AddActor(facts.Actor, (int)process);
        _events.WriteVarint((ulong)kind);
        var start = _events.BeginBlock();
        _events.WriteVarint(skipped);
        _events.WriteSigned(elapsed);
        _events.WriteVarint(process);
        _events.WriteVarint(actor);
        _events.WriteFieldUnless(facts.Process.Key.Pid, EventField.ThreadId, facts.ThreadId);
        _events.WriteFieldUnless(0, EventField.Cpu, facts.Cpu);
        _events.WriteFieldUnless((ulong)UsualValues.Flags(kind), EventField.Flags, (ulong)facts.Flags);
        _events.WriteFieldUnless(0, EventField.Origin, (ulong)facts.Origin);
        _events.WriteFieldUnless(0, EventField.Repeated, facts.Repeated);
        _events.WriteFieldUnless(0, EventField.RepeatedNs, facts.RepeatedNs);
        switch (@event)
        {
            case ExecEvent exec: WriteExec(exec, hasParent: _processDepths[(int)process] > 1); break;
            case ForkEvent fork: WriteFork(fork); break;
            case ExitEvent exit: WriteExit(exit); break;
            case FileOpenEvent open: WriteFileOpen(open); break;
            case NetworkEvent network: WriteNetwork(network); break;
            case CallEvent call: WriteCall(call); break;
            default: throw new ArgumentException($"no encoding for {@event.GetType().Name}", nameof(@event));
        }

        _events.EndBlock(start);
    }

    private void WriteExec(ExecEvent exec, bool hasParent)
    {
        _events.WriteField(EventField.File, AddFile(new OpenedFile(exec.File, exec.PathFlags, "", OpenFlags: null)));
        WriteStringUnless(exec.Process.Image, _events, EventField.AskedPath, exec.AskedPath);
        WriteStringUnless("", _events, EventField.Interpreter, exec.Interpreter);
        WriteStringUnless(packs && hasParent ? exec.Process.Parent!.Comm : "", _events, EventField.CallerComm, exec.CallerComm);
    }

    private void WriteFork(ForkEvent fork)
    {
        _events.WriteFieldUnless(0, EventField.ChildPid, fork.Child.Pid);
        _events.WriteSignedUnlessZero(EventField.ChildStart, (long)(fork.Child.StartNs - fork.BootNs));
    }

    private void WriteExit(ExitEvent exit) => _events.WriteFieldUnless(0, EventField.ExitCode, (uint)exit.ExitCode);

    private void WriteFileOpen(FileOpenEvent open)
    {
        _events.WriteField(EventField.File, AddFile(new OpenedFile(open.File, open.PathFlags, open.Path, open.OpenFlags)));
        WriteStringUnless(open.Path, _events, EventField.AskedPath, open.AskedPath);
        _events.WriteFieldUnless(0, EventField.Error, open.Error);
    }

    private void WriteCall(CallEvent call)
    {
        _events.WriteField(EventField.File, AddFile(new OpenedFile(call.File, call.PathFlags, call.Path, OpenFlags: null)));
        _events.WriteField(EventField.Call, (ulong)call.Call);
        _events.WriteFieldUnless(0, EventField.Error, call.Error);
        WriteStringUnless("", _events, EventField.OtherPath, call.OtherPath);
        _events.WriteFieldUnless(0, EventField.FirstArgument, call.Arguments.First);
        _events.WriteFieldUnless(0, EventField.SecondArgument, call.Arguments.Second);
        _events.WriteFieldUnless(0, EventField.ThirdArgument, call.Arguments.Third);
        _events.WriteFieldUnless(0, EventField.FourthArgument, call.Arguments.Fourth);
    }

    private void WriteNetwork(NetworkEvent network)
    {
        Span<byte> address = stackalloc byte[16];
        network.Address.TryWriteBytes(address, out var length);
        if (network.Address.IsIPv4MappedToIPv6)
        {
            // One address, one form: ::ffff:a.b.c.d is a.b.c.d.
            address = address[12..];
            length = 4;
        }

        _events.WriteField(EventField.Address, address[..length]);
        _events.WriteFieldUnless(0, EventField.Port, network.Port);
        _events.WriteFieldUnless(UsualValues.Protocol(network.Kind), EventField.Protocol, network.Protocol);
    }
}
