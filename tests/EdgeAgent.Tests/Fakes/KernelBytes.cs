using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using EdgeAgent.Intake;
using Wire.Model;

namespace EdgeAgent.Tests.Fakes;

/// <summary>Records as the probes write them, byte by byte. A test names only what it is about.</summary>
internal static class KernelBytes
{
    internal static EdgeHeader Header(EventKind kind, ulong sequence = 1, Lane lane = Lane.Bulk, ulong bootNs = 5_000_000_000, OriginFlags origin = 0) => new()
    {
        Version = KernelContract.Version, Kind = (ushort)kind, BootNs = bootNs, Sequence = sequence, Cpu = 3, Lane = (ushort)lane, Origin = (ushort)origin,
    };

    internal static EdgeTask Task(
        uint pid = 200, ulong startNs = 2_000_000_000, uint parentPid = 100, ulong parentStartNs = 1_000_000_000, uint uid = 1000,
        uint? euid = null, uint loginUid = 1000, uint sessionPid = 0, string comm = "bash")
    {
        var task = new EdgeTask
        {
            Pid = pid, Tid = pid, StartNs = startNs, ParentPid = parentPid, ParentStartNs = parentStartNs, Uid = uid, Euid = euid ?? uid,
            Gid = uid, Egid = uid, LoginUid = loginUid, AuditSession = 7, SessionPid = sessionPid, CgroupId = 77,
        };
        Encoding.UTF8.GetBytes(comm, task.Comm);
        return task;
    }

    internal static byte[] Exec(
        EdgeTask? task = null, byte[]? path = null, byte[]? asked = null, byte[]? interpreter = null, byte[]? cwd = null, byte[]? argv = null,
        uint? argvTotal = null, EdgeFile file = default, ulong sequence = 1, Lane lane = Lane.Bulk)
    {
        byte[][] tail = [path ?? "/usr/bin/id"u8.ToArray(), asked ?? "id"u8.ToArray(), interpreter ?? [], cwd ?? "/tmp"u8.ToArray(), argv ?? "id\0-u"u8.ToArray()];
        return Seal(
            new EdgeExec
            {
                Header = Header(EventKind.Exec, sequence, lane), Task = task ?? Task(), File = file,
                PathLen = (ushort)tail[0].Length, AskedLen = (ushort)tail[1].Length, InterpreterLen = (ushort)tail[2].Length,
                CwdLen = (ushort)tail[3].Length, ArgvLen = (ushort)tail[4].Length, ArgvTotal = argvTotal ?? (uint)tail[4].Length,
            },
            tail);
    }

    internal static byte[] Fork(EdgeTask? task = null, uint childPid = 201, ulong childStartNs = 3_000_000_000, ulong sequence = 1) => Seal(
        new EdgeFork { Header = Header(EventKind.Fork, sequence), Task = task ?? Task(), ChildPid = childPid, ChildStartNs = childStartNs });

    internal static byte[] Exit(EdgeTask? task = null, int exitCode = 256, ulong sequence = 1) => Seal(
        new EdgeExit { Header = Header(EventKind.Exit, sequence), Task = task ?? Task(), ExitCode = exitCode });

    internal static byte[] FileOpen(
        EdgeTask? task = null, byte[]? path = null, byte[]? asked = null, EdgeFile? file = null, uint openFlags = 0x8000, ulong sequence = 1)
    {
        byte[][] tail = [path ?? "/etc/shadow"u8.ToArray(), asked ?? "shadow"u8.ToArray()];
        return Seal(
            new EdgeFileOpen
            {
                Header = Header(EventKind.FileOpen, sequence, Lane.High), Task = task ?? Task(), OpenFlags = openFlags,
                File = file ?? new EdgeFile { Inode = 42, Device = 0x800001, LinkCount = 1, Mode = 0x81A0, Watch = EdgeWatch.Open },
                PathLen = (ushort)tail[0].Length, AskedLen = (ushort)tail[1].Length,
            },
            tail);
    }

    internal static byte[] Call(
        CallKind call, string name = "", string folder = "", string otherName = "", string otherFolder = "", int result = 0, EdgeFile file = default,
        EdgeTask? task = null, ulong first = 0, ulong second = 0, ulong sequence = 1)
    {
        byte[][] tail = [Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(folder), Encoding.UTF8.GetBytes(otherName), Encoding.UTF8.GetBytes(otherFolder)];
        var record = new EdgeCall
        {
            Header = Header(EventKind.Call, sequence), Task = task ?? Task(), File = file, Result = result, Call = (ushort)call,
            NameLen = (ushort)tail[0].Length, FolderLen = (ushort)tail[1].Length, OtherNameLen = (ushort)tail[2].Length,
            OtherFolderLen = (ushort)tail[3].Length,
        };
        (record.Arguments[0], record.Arguments[1]) = (first, second);
        return Seal(record, tail);
    }

    internal static byte[] Network(
        EventKind kind = EventKind.Connect, string address = "203.0.113.7", ushort port = 443, byte protocol = 6, EdgeTask? task = null, ulong sequence = 1)
    {
        var record = new EdgeNetwork { Header = Header(kind, sequence), Task = task ?? Task(), Port = port, Protocol = protocol };
        IPAddress.Parse(address).MapToIPv6().TryWriteBytes(record.Address, out _);
        return Seal(record);
    }

    /// <summary>All kinds, one of each.</summary>
    internal static IEnumerable<byte[]> OfEachKind() =>
        [Exec(), Fork(), Exit(), FileOpen(), Network(), Network(EventKind.Send, protocol: 17), Call(CallKind.Rename, "a", "/etc", "b", "/tmp")];

    /// <summary>Changes the header of a record.</summary>
    internal static byte[] With(this byte[] record, Func<EdgeHeader, EdgeHeader> change)
    {
        var changed = record.ToArray();
        MemoryMarshal.Write(changed, change(MemoryMarshal.Read<EdgeHeader>(changed)));
        return changed;
    }

    private static byte[] Seal<T>(T fixedPart, params byte[][] tail)
        where T : unmanaged
    {
        var record = MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in fixedPart)).ToArray().Concat(tail.SelectMany(t => t)).ToArray();
        return record.With(h => h with { Size = (uint)record.Length });
    }
}
