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
        for (var i = 0; i < _frame.Events.Count; i++)
        {
            var @event = _frame.Events[i];
            WriteEvent(@event, @event.Sequence - sequence, (long)(@event.BootNs - bootNs));
            sequence = @event.Sequence + 1;
            bootNs = @event.BootNs;
            if (_events.Length > FrameFormat.MaxFrameBytes || !TablesFit)
            {
                return false;
            }
        }

        return true;
    }

    private void WriteEvent(HostEvent @event, ulong skipped, long elapsed)
    {
        // The tables first: they use the entry writer too.
        var process = AddProcess(@event.Process);
        var actor = AddActor(@event.Facts, (int)process);
        var file = @event switch
        {
            ExecEvent exec => AddFile(new OpenedFile(exec.File, exec.PathFlags, "", OpenFlags: null)),
            FileOpenEvent open => AddFile(new OpenedFile(open.File, open.PathFlags, open.Path, open.OpenFlags)),
            CallEvent call => AddFile(new OpenedFile(call.File, call.PathFlags, call.Path, OpenFlags: null)),
            _ => 0ul,
        };

        _entry.Clear();
        _entry.WriteVarint(skipped);
        _entry.WriteSigned(elapsed);
        _entry.WriteVarint(process);
        _entry.WriteVarint(actor);
        _entry.WriteFieldUnless(@event.Process.Key.Pid, EventField.ThreadId, @event.ThreadId);
        _entry.WriteFieldUnless(0, EventField.Cpu, @event.Cpu);
        _entry.WriteFieldUnless((ulong)UsualValues.Flags(@event.Kind), EventField.Flags, (ulong)@event.Flags);
        _entry.WriteFieldUnless(0, EventField.Origin, (ulong)@event.Origin);
        _entry.WriteFieldUnless(0, EventField.Repeated, @event.Repeated);
        _entry.WriteFieldUnless(0, EventField.RepeatedNs, @event.RepeatedNs);
        switch (@event)
        {
            case ExecEvent exec: WriteExec(exec, file, hasParent: _processDepths[(int)process] > 1); break;
            case ForkEvent fork: WriteFork(fork); break;
            case ExitEvent exit: WriteExit(exit); break;
            case FileOpenEvent open: WriteFileOpen(open, file); break;
            case NetworkEvent network: WriteNetwork(network); break;
            case CallEvent call: WriteCall(call, file); break;
            default: throw new ArgumentException($"no encoding for {@event.GetType().Name}", nameof(@event));
        }

        _events.WriteVarint((ulong)@event.Kind);
        _events.WriteBlock(_entry.Written);
    }

    private void WriteExec(ExecEvent exec, ulong file, bool hasParent)
    {
        _entry.WriteField(EventField.File, file);
        WriteStringUnless(exec.Process.Image, EventField.AskedPath, exec.AskedPath);
        WriteStringUnless("", EventField.Interpreter, exec.Interpreter);
        WriteStringUnless(packs && hasParent ? exec.Process.Parent!.Comm : "", EventField.CallerComm, exec.CallerComm);
    }

    private void WriteFork(ForkEvent fork)
    {
        _entry.WriteFieldUnless(0, EventField.ChildPid, fork.Child.Pid);
        _entry.WriteSignedUnlessZero(EventField.ChildStart, (long)(fork.Child.StartNs - fork.BootNs));
    }

    private void WriteExit(ExitEvent exit) => _entry.WriteFieldUnless(0, EventField.ExitCode, (uint)exit.ExitCode);

    private void WriteFileOpen(FileOpenEvent open, ulong file)
    {
        _entry.WriteField(EventField.File, file);
        WriteStringUnless(open.Path, EventField.AskedPath, open.AskedPath);
        _entry.WriteFieldUnless(0, EventField.Error, open.Error);
    }

    private void WriteCall(CallEvent call, ulong file)
    {
        _entry.WriteField(EventField.File, file);
        _entry.WriteField(EventField.Call, (ulong)call.Call);
        _entry.WriteFieldUnless(0, EventField.Error, call.Error);
        WriteStringUnless("", EventField.OtherPath, call.OtherPath);
        _entry.WriteFieldUnless(0, EventField.FirstArgument, call.Arguments.First);
        _entry.WriteFieldUnless(0, EventField.SecondArgument, call.Arguments.Second);
        _entry.WriteFieldUnless(0, EventField.ThirdArgument, call.Arguments.Third);
        _entry.WriteFieldUnless(0, EventField.FourthArgument, call.Arguments.Fourth);
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

        _entry.WriteField(EventField.Address, address[..length]);
        _entry.WriteFieldUnless(0, EventField.Port, network.Port);
        _entry.WriteFieldUnless(UsualValues.Protocol(network.Kind), EventField.Protocol, network.Protocol);
    }
}
