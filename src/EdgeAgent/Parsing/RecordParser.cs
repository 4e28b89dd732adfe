using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EdgeAgent.Intake;
using Wire.Model;
using Wire.Text;

namespace EdgeAgent.Parsing;

/// <summary>Third stage: kernel bytes to values. Never throws for bad bytes and keeps no reference to them. Thread-safe.</summary>
internal static class RecordParser
{
    /// <summary>Parses one record.</summary>
    /// <param name="record">The whole record, as it lies in the ring.</param>
    /// <param name="parsed">The event, or null when the result is a fault.</param>
    internal static ParseFault Parse(ReadOnlySpan<byte> record, out KernelEvent? parsed)
    {
        parsed = null;
        if (record.Length < Unsafe.SizeOf<EdgeHeader>() + Unsafe.SizeOf<EdgeTask>())
        {
            return ParseFault.TooShort;
        }

        var header = MemoryMarshal.Read<EdgeHeader>(record);
        if (header.Version != KernelContract.Version)
        {
            return ParseFault.UnknownVersion;
        }

        if (header.Lane >= KernelContract.LaneCount)
        {
            return ParseFault.UnknownLane;
        }

        if (header.Size != record.Length)
        {
            return ParseFault.LengthMismatch;
        }

        if (header.Sequence == 0)
        {
            return ParseFault.NoNumber;
        }

        return (EventKind)header.Kind switch
        {
            EventKind.Exec => ParseExec(record, out parsed),
            EventKind.Fork => ParseFork(record, out parsed),
            EventKind.Exit => ParseExit(record, out parsed),
            EventKind.FileOpen => ParseFileOpen(record, out parsed),
            EventKind.Connect or EventKind.Send => ParseNetwork(record, out parsed),
            EventKind.Call => ParseCall(record, out parsed),
            _ => ParseFault.UnknownKind,
        };
    }

    /// <summary>Lane and number of a record whose rest is not understood, if at least they are.</summary>
    internal static bool TryReadNumber(ReadOnlySpan<byte> record, out Lane lane, out ulong sequence)
    {
        var readable = MemoryMarshal.TryRead<EdgeHeader>(record, out var header)
            && header.Version == KernelContract.Version && header.Lane < KernelContract.LaneCount && header.Sequence != 0;
        lane = readable ? (Lane)header.Lane : default;
        sequence = header.Sequence;
        return readable;
    }

    /// <summary>Text of a NUL-padded field.</summary>
    internal static string PaddedText(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        return KernelString.FromBytes(end < 0 ? field : field[..end]);
    }

    private static ParseFault ParseExec(ReadOnlySpan<byte> record, out KernelEvent? parsed)
    {
        parsed = null;
        if (!MemoryMarshal.TryRead<EdgeExec>(record, out var e))
        {
            return ParseFault.TooShort;
        }

        var tail = new Tail(record[Unsafe.SizeOf<EdgeExec>()..]);
        if (!tail.TryTake(e.PathLen, out var path) || !tail.TryTake(e.AskedLen, out var asked)
            || !tail.TryTake(e.InterpreterLen, out var interpreter) || !tail.TryTake(e.CwdLen, out var cwd)
            || !tail.TryTake(e.ArgvLen, out var argv) || !tail.IsEmpty)
        {
            return ParseFault.LengthMismatch;
        }

        parsed = new KernelExec(
            e.Header, e.Task, e.File, KernelString.FromBytes(path), KernelString.FromBytes(asked),
            KernelString.FromBytes(interpreter), KernelString.FromBytes(cwd), SplitArguments(argv), e.ArgvTotal > e.ArgvLen);
        return ParseFault.None;
    }

    private static ParseFault ParseFork(ReadOnlySpan<byte> record, out KernelEvent? parsed)
    {
        parsed = null;
        if (!MemoryMarshal.TryRead<EdgeFork>(record, out var e) || record.Length != Unsafe.SizeOf<EdgeFork>())
        {
            return ParseFault.LengthMismatch;
        }

        parsed = new KernelFork(e.Header, e.Task, new ProcessKey(e.ChildPid, e.ChildStartNs));
        return ParseFault.None;
    }

    private static ParseFault ParseExit(ReadOnlySpan<byte> record, out KernelEvent? parsed)
    {
        parsed = null;
        if (!MemoryMarshal.TryRead<EdgeExit>(record, out var e) || record.Length != Unsafe.SizeOf<EdgeExit>())
        {
            return ParseFault.LengthMismatch;
        }

        parsed = new KernelExit(e.Header, e.Task, e.ExitCode);
        return ParseFault.None;
    }

    private static ParseFault ParseFileOpen(ReadOnlySpan<byte> record, out KernelEvent? parsed)
    {
        parsed = null;
        if (!MemoryMarshal.TryRead<EdgeFileOpen>(record, out var e))
        {
            return ParseFault.TooShort;
        }

        var tail = new Tail(record[Unsafe.SizeOf<EdgeFileOpen>()..]);
        if (!tail.TryTake(e.PathLen, out var path) || !tail.TryTake(e.AskedLen, out var asked) || !tail.IsEmpty)
        {
            return ParseFault.LengthMismatch;
        }

        parsed = new KernelFileOpen(
            e.Header, e.Task, e.File, KernelString.FromBytes(path), KernelString.FromBytes(asked), e.OpenFlags);
        return ParseFault.None;
    }

    private static ParseFault ParseCall(ReadOnlySpan<byte> record, out KernelEvent? parsed)
    {
        parsed = null;
        if (!MemoryMarshal.TryRead<EdgeCall>(record, out var e))
        {
            return ParseFault.TooShort;
        }

        var tail = new Tail(record[Unsafe.SizeOf<EdgeCall>()..]);
        if (!tail.TryTake(e.NameLen, out var name) || !tail.TryTake(e.FolderLen, out var folder)
            || !tail.TryTake(e.OtherNameLen, out var otherName) || !tail.TryTake(e.OtherFolderLen, out var otherFolder) || !tail.IsEmpty)
        {
            return ParseFault.LengthMismatch;
        }

        if (e.Call is (ushort)CallKind.None or > (ushort)CallKind.RawSocket)
        {
            return ParseFault.UnknownKind;
        }

        parsed = new KernelCall(
            e.Header, e.Task, e.File, (CallKind)e.Call, e.Result, new CallArguments(e.Arguments[0], e.Arguments[1], e.Arguments[2], e.Arguments[3]),
            KernelString.FromBytes(name), KernelString.FromBytes(folder), KernelString.FromBytes(otherName), KernelString.FromBytes(otherFolder));
        return ParseFault.None;
    }

    private static ParseFault ParseNetwork(ReadOnlySpan<byte> record, out KernelEvent? parsed)
    {
        parsed = null;
        if (!MemoryMarshal.TryRead<EdgeNetwork>(record, out var e) || record.Length != Unsafe.SizeOf<EdgeNetwork>())
        {
            return ParseFault.LengthMismatch;
        }

        var address = new IPAddress(e.Address);
        parsed = new KernelNetwork(
            e.Header, e.Task, address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, e.Port, e.Protocol);
        return ParseFault.None;
    }

    /// <summary>Arguments are divided by NUL; the kernel part leaves out the last one's.</summary>
    private static List<string> SplitArguments(ReadOnlySpan<byte> argv)
    {
        var arguments = new List<string>();
        if (!argv.IsEmpty)
        {
            foreach (var range in argv.Split((byte)0))
            {
                arguments.Add(KernelString.FromBytes(argv[range]));
            }
        }

        return arguments;
    }

    private ref struct Tail(ReadOnlySpan<byte> rest)
    {
        private ReadOnlySpan<byte> _rest = rest;

        internal readonly bool IsEmpty => _rest.IsEmpty;

        internal bool TryTake(int length, out ReadOnlySpan<byte> part)
        {
            if (length > _rest.Length)
            {
                part = default;
                return false;
            }

            part = _rest[..length];
            _rest = _rest[length..];
            return true;
        }
    }
}
