using System.Net;
using System.Runtime.InteropServices;
using Wire.Model;

namespace Wire.Codec;

/// <content>The events.</content>
public sealed partial class FrameDecoder
{
    // Four numbers, a kind and a length, of a byte each.
    private const int MinEventBytes = 6;

    private List<HostEvent>? _readEvents;
    private int _unknownEvents;

    private void ReadEvents(WireReader block, Header header)
    {
        if (block.Failed)
        {
            return;
        }

        var count = block.ReadCount(FrameFormat.MaxEvents, MinEventBytes, "events");
        _readEvents = new List<HostEvent>(count);
        var known = new FrameFacts(header.Host, header.Lane!.Value, header.Range.Last, header.BootTimeUnixNs!.Value);
        var sequence = header.Range.First;
        var bootNs = 0ul;

        // As a span, for to a list or an array of a base class each would be checked whether it may stand there.
        CollectionsMarshal.SetCount(_readEvents, count);
        var events = CollectionsMarshal.AsSpan(_readEvents);
        var read = 0;
        for (var i = 0; i < count && !block.Failed; i++)
        {
            if (ReadEvent(ref block, known, ref sequence, ref bootNs) is { } @event)
            {
                events[read++] = @event;
            }
        }

        CollectionsMarshal.SetCount(_readEvents, read);
        block.ExpectEnd("the events");
    }

    // Null for an event of an unknown kind, or after a fault. `sequence` is the number after that of the event before, `bootNs` the stamp of the event before.
    private HostEvent? ReadEvent(ref WireReader block, in FrameFacts frame, ref ulong sequence, ref ulong bootNs)
    {
        var start = block.Position;
        var kind = block.ReadVarint();
        scoped var entry = block.ReadBlock();
        var skipped = entry.ReadVarint();
        bootNs += (ulong)entry.ReadSigned();
        var process = entry.ReadVarint();
        var actor = entry.ReadVarint();
        if (kind == (ulong)EventKind.None)
        {
            block.Fail(start, "an event of kind 0");
        }
        else if (sequence > frame.LastSequence || skipped > frame.LastSequence - sequence)
        {
            block.Fail(start, "an event's sequence number is after the frame's range");
        }
        else if (bootNs > (ulong)long.MaxValue - (ulong)frame.BootTimeUnixNs)
        {
            block.Fail(start, "an event's time is after the year 2262");
        }

        if (block.Failed)
        {
            return null;
        }

        var number = sequence + skipped;
        sequence = number + 1;
        if (kind > (ulong)EventKind.Call)
        {
            _unknownEvents++;
            return null;
        }

        if (process >= (ulong)_processes.Length || actor >= (ulong)_actors.Length)
        {
            block.Fail(start, $"an event of process {process} of {_processes.Length} and actor {actor} of {_actors.Length}");
            return null;
        }

        var common = new Common(in frame, number, bootNs, _processes[process], _actors[actor]);
        return ReadFields((EventKind)kind, ref entry, common);
    }

    private HostEvent ReadFields(EventKind kind, scoped ref WireReader fields, in Common common)
    {
        var values = new EventValues { ThreadId = common.Process.Key.Pid, Flags = UsualValues.Flags(kind), File = NoFile };
        var field = fields.NoField();
        while (fields.ReadField(ref field))
        {
            switch (field.Id)
            {
                case EventField.ThreadId: values.ThreadId = GetUInt32(field); break;
                case EventField.Cpu: values.Cpu = GetUInt32(field); break;
                case EventField.Flags: values.Flags = (EventFlags)field.Number(ushort.MaxValue); break;
                case EventField.Origin: values.Origin = (OriginFlags)field.Number(ushort.MaxValue); break;
                case EventField.Repeated: values.Repeated = GetUInt32(field); break;
                case EventField.RepeatedNs: values.RepeatedNs = field.Number(); break;
                case EventField.File: values.File = GetFile(field); break;
                case EventField.AskedPath: values.AskedPath = GetString(field); break;
                case EventField.Interpreter: values.Interpreter = GetString(field); break;
                case EventField.CallerComm: values.CallerComm = GetString(field); break;
                case EventField.ChildPid: values.ChildPid = GetUInt32(field); break;
                case EventField.ChildStart: values.ChildStart = field.Signed(); break;
                case EventField.ExitCode: values.ExitCode = GetUInt32(field); break;
                case EventField.Address: values.Address = ReadAddress(field); break;
                case EventField.Port: values.Port = (ushort)field.Number(ushort.MaxValue); break;
                case EventField.Protocol: values.Protocol = (byte)field.Number(byte.MaxValue); break;
                case EventField.Call: values.Call = (CallKind)field.Number(byte.MaxValue); break;
                case EventField.Error: values.Error = (ushort)field.Number(ushort.MaxValue); break;
                case EventField.OtherPath: values.OtherPath = GetString(field); break;
                case EventField.FirstArgument: values.First = field.Number(); break;
                case EventField.SecondArgument: values.Second = field.Number(); break;
                case EventField.ThirdArgument: values.Third = field.Number(); break;
                case EventField.FourthArgument: values.Fourth = field.Number(); break;
                default: break;
            }
        }

        if (kind is EventKind.Connect or EventKind.Send && values.Address is null)
        {
            fields.Fail(fields.Position, "a network event without address");
        }
        else if (kind is EventKind.Exec or EventKind.FileOpen or EventKind.Call && values.File == NoFile)
        {
            fields.Fail(fields.Position, "an exec, open or call without file");
        }
        else if (kind == EventKind.Call && values.Call == CallKind.None)
        {
            fields.Fail(fields.Position, "a call that is none");
        }

        return MakeEvent(kind, common, values);
    }

    private static IPAddress? ReadAddress(in WireField field)
    {
        var bytes = field.Bytes();
        var address = bytes.Length is 4 or 16 ? new IPAddress(bytes) : null;
        if (address is null || address.IsIPv4MappedToIPv6)
        {
            field.Fail($"holds {bytes.Length} bytes that are neither an IPv4 nor a true IPv6 address");
        }

        return address;
    }
}
