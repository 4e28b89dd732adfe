using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EdgeAgent.Intake;
using Wire.Model;
using Wire.Text;

namespace EdgeAgent.Parsing;

/// <summary>Third stage: kernel bytes to values. Never throws for bad bytes and keeps no reference to them. One thread only.</summary>
/// <remarks>Allocates for what is new only: names and addresses that come again are the same objects.</remarks>
internal sealed class RecordParser
{
    private readonly RecentValues<string> _names = new(KernelString.FromBytes);
    private readonly RecentValues<IPAddress> _addresses = new(AddressOf);
    private readonly KernelExec _exec = new();
    private readonly KernelFork _fork = new();
    private readonly KernelExit _exit = new();
    private readonly KernelFileOpen _open = new();
    private readonly KernelCall _call = new();
    private readonly KernelNetwork _network = new();

    /// <summary>Parses one record.</summary>
    /// <param name="record">The whole record, as it lies in the ring.</param>
    /// <param name="parsed">The event, until the next call; null when the result is a fault.</param>
    internal ParseFault Parse(ReadOnlySpan<byte> record, out KernelEvent? parsed)
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

    private ParseFault ParseExec(ReadOnlySpan<byte> record, out KernelEvent? parsed)
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

        _exec.Begin(e.Header, e.Task);
        _exec.File = e.File;
        (_exec.Path, _exec.Asked, _exec.Interpreter) = (_names.Of(path), _names.Of(asked), _names.Of(interpreter));
        _exec.CurrentDirectory = _names.Of(cwd);
        (_exec.Arguments, _exec.ArgumentsTruncated) = (SplitArguments(argv), e.ArgvTotal > e.ArgvLen);
        parsed = _exec;
        return ParseFault.None;
    }

    private ParseFault ParseFork(ReadOnlySpan<byte> record, out KernelEvent? parsed)
    {
        parsed = null;
        if (!MemoryMarshal.TryRead<EdgeFork>(record, out var e) || record.Length != Unsafe.SizeOf<EdgeFork>())
        {
            return ParseFault.LengthMismatch;
        }

        _fork.Begin(e.Header, e.Task);
        _fork.Child = new ProcessKey(e.ChildPid, e.ChildStartNs);
        parsed = _fork;
        return ParseFault.None;
    }

    private ParseFault ParseExit(ReadOnlySpan<byte> record, out KernelEvent? parsed)
    {
        parsed = null;
        if (!MemoryMarshal.TryRead<EdgeExit>(record, out var e) || record.Length != Unsafe.SizeOf<EdgeExit>())
        {
            return ParseFault.LengthMismatch;
        }

        _exit.Begin(e.Header, e.Task);
        _exit.ExitCode = e.ExitCode;
        parsed = _exit;
        return ParseFault.None;
    }

    private ParseFault ParseFileOpen(ReadOnlySpan<byte> record, out KernelEvent? parsed)
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

        _open.Begin(e.Header, e.Task);
        (_open.File, _open.OpenFlags) = (e.File, e.OpenFlags);
        (_open.Path, _open.Asked) = (_names.Of(path), _names.Of(asked));
        parsed = _open;
        return ParseFault.None;
    }

    private ParseFault ParseCall(ReadOnlySpan<byte> record, out KernelEvent? parsed)
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

        _call.Begin(e.Header, e.Task);
        (_call.File, _call.Call, _call.Result) = (e.File, (CallKind)e.Call, e.Result);
        _call.Arguments = new CallArguments(e.Arguments[0], e.Arguments[1], e.Arguments[2], e.Arguments[3]);
        (_call.Name, _call.Folder) = (_names.Of(name), _names.Of(folder));
        (_call.OtherName, _call.OtherFolder) = (_names.Of(otherName), _names.Of(otherFolder));
        parsed = _call;
        return ParseFault.None;
    }

    private ParseFault ParseNetwork(ReadOnlySpan<byte> record, out KernelEvent? parsed)
    {
        parsed = null;
        if (!MemoryMarshal.TryRead<EdgeNetwork>(record, out var e) || record.Length != Unsafe.SizeOf<EdgeNetwork>())
        {
            return ParseFault.LengthMismatch;
        }

        _network.Begin(e.Header, e.Task);
        (_network.Address, _network.Port, _network.Protocol) = (_addresses.Of(e.Address), e.Port, e.Protocol);
        parsed = _network;
        return ParseFault.None;
    }

    private static IPAddress AddressOf(ReadOnlySpan<byte> bytes)
    {
        var address = new IPAddress(bytes);
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }

    /// <summary>Arguments are divided by NUL; the kernel part leaves out the last one's.</summary>
    private List<string> SplitArguments(ReadOnlySpan<byte> argv)
    {
        var arguments = new List<string>();
        if (!argv.IsEmpty)
        {
            foreach (var range in argv.Split((byte)0))
            {
                arguments.Add(_names.Of(argv[range]));
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
