using System.Numerics;
using System.Runtime.InteropServices;
using Wire.Model;
using Wire.Text;

namespace Wire.Codec;

/// <content>The tables, each read before what refers to it.</content>
public sealed partial class FrameDecoder
{
    private const int NoFile = -1;

    private readonly List<string> _arguments = [];
    private readonly Dictionary<string, string?> _fileNames = new(ReferenceEqualityComparer.Instance);
    private ActorFacts[] _actors = [];
    private OpenedFile[] _files = [];
    private ProcessNode[] _processes = [];
    private int[] _processDepths = [];
    private int _allArgumentsLength;

    private void ReadActors(WireReader block)
    {
        _actors = new ActorFacts[block.ReadCount(FrameFormat.MaxTableEntries, minBytes: 1, "actors")];
        for (var i = 0; i < _actors.Length && !block.Failed; i++)
        {
            var entry = block.ReadBlock();
            _actors[i] = ReadActor(ref entry, i == 0 ? UsualValues.ActorBeforeFirst : _actors[i - 1]);
        }

        block.ExpectEnd("the actors");
    }

    private ActorFacts ReadActor(scoped ref WireReader fields, ActorFacts before)
    {
        var (uid, _, gid, _, loginUid, auditSession, (sessionPid, sessionStart)) = before.Credentials;
        uint? euid = null, egid = null;
        var (userName, loginUserName, cgroupId, containerId) = (before.UserName, before.LoginUserName, before.CgroupId, before.ContainerId);
        var (capabilities, terminal, (mount, pid, network, user)) = (before.Credentials.Capabilities, before.Terminal, before.Namespaces);
        string? effectiveUserName = null;
        var field = fields.NoField();
        while (fields.ReadField(ref field))
        {
            switch (field.Id)
            {
                case ActorField.Uid: uid = GetUInt32(field); break;
                case ActorField.Euid: euid = GetUInt32(field); break;
                case ActorField.Gid: gid = GetUInt32(field); break;
                case ActorField.Egid: egid = GetUInt32(field); break;
                case ActorField.LoginUid: loginUid = GetUInt32(field); break;
                case ActorField.AuditSession: auditSession = GetUInt32(field); break;
                case ActorField.SessionPid: sessionPid = GetUInt32(field); break;
                case ActorField.SessionStart: sessionStart = field.Number(); break;
                case ActorField.UserName: userName = GetString(field); break;
                case ActorField.EffectiveUserName: effectiveUserName = GetString(field); break;
                case ActorField.LoginUserName: loginUserName = GetString(field); break;
                case ActorField.CgroupId: cgroupId = field.Number(); break;
                case ActorField.ContainerId: containerId = GetContainerId(field); break;
                case ActorField.CapabilitiesBelow: capabilities = field.Number(64) is var below and < 64 ? (1ul << (int)below) - 1 : ulong.MaxValue; break;
                case ActorField.Capabilities: capabilities = field.Number(); break;
                case ActorField.Terminal: terminal = BitOperations.RotateRight(GetUInt32(field), 12); break;
                case ActorField.MountNamespace: mount = GetNamespace(field); break;
                case ActorField.PidNamespace: pid = GetNamespace(field); break;
                case ActorField.NetworkNamespace: network = GetNamespace(field); break;
                case ActorField.UserNamespace: user = GetNamespace(field); break;
                default: break;
            }
        }

        return new ActorFacts
        {
            Credentials = new Credentials(uid, euid ?? uid, gid, egid ?? gid, loginUid, auditSession, new ProcessKey(sessionPid, sessionStart)) { Capabilities = capabilities },
            UserName = userName,
            EffectiveUserName = effectiveUserName ?? userName,
            LoginUserName = loginUserName,
            Terminal = terminal,
            Namespaces = new Namespaces(mount, pid, network, user),
            CgroupId = cgroupId,
            ContainerId = containerId,
        };
    }

    private static uint GetNamespace(in WireField field)
    {
        var inode = field.Signed() + FrameFormat.FirstNamespace;
        if (inode is < 0 or > uint.MaxValue)
        {
            field.Fail($"is the namespace {inode}, which no kernel numbers so");
        }

        return (uint)inode;
    }

    private string GetContainerId(in WireField field)
    {
        var containerId = GetString(field);
        if (containerId.Length > FrameFormat.MaxContainerIdLength)
        {
            field.Fail($"refers to a container id of {containerId.Length} characters, allowed are {FrameFormat.MaxContainerIdLength}");
        }

        return containerId;
    }

    private void ReadFiles(WireReader block)
    {
        _files = new OpenedFile[block.ReadCount(FrameFormat.MaxTableEntries, minBytes: 1, "files")];
        for (var i = 0; i < _files.Length && !block.Failed; i++)
        {
            var entry = block.ReadBlock();
            _files[i] = ReadFile(ref entry, i == 0 ? OpenedFile.None : _files[i - 1]);
        }

        block.ExpectEnd("the files");
    }

    private OpenedFile ReadFile(scoped ref WireReader fields, in OpenedFile before)
    {
        var (device, inode, mode, linkCount) = before.File with { LinkCount = 1 };
        var pathFlags = PathFlags.None;
        var path = "";
        var openFlags = before.OpenFlags ?? 0;
        var field = fields.NoField();
        while (fields.ReadField(ref field))
        {
            switch (field.Id)
            {
                case FileField.Device: device = GetUInt32(field); break;
                case FileField.Inode: inode += (ulong)field.Signed(); break;
                case FileField.Mode: mode = (ushort)field.Number(ushort.MaxValue); break;
                case FileField.LinkCount: linkCount = GetUInt32(field); break;
                case FileField.PathFlags: pathFlags = (PathFlags)field.Number(ushort.MaxValue); break;
                case FileField.Path: path = GetString(field); break;
                case FileField.OpenFlags: openFlags = GetUInt32(field); break;
                default: break;
            }
        }

        return new OpenedFile(new FileIdentity(device, inode, mode, linkCount), pathFlags, path, openFlags);
    }

    private int GetFile(in WireField field)
    {
        var index = field.Number();
        if (index < (ulong)_files.Length)
        {
            return (int)index;
        }

        field.Fail($"refers to file {index} of {_files.Length}");
        return NoFile;
    }

    private void ReadProcesses(WireReader block)
    {
        _processes = new ProcessNode[block.ReadCount(FrameFormat.MaxProcesses, minBytes: 1, "processes")];
        _processDepths = new int[_processes.Length];
        var previous = default(ProcessKey);
        for (var i = 0; i < _processes.Length && !block.Failed; i++)
        {
            var entry = block.ReadBlock();
            _processes[i] = ReadProcess(ref entry, i, previous);
            previous = _processes[i].Key;
        }

        block.ExpectEnd("the processes");
    }

    private ProcessNode ReadProcess(scoped ref WireReader fields, int index, ProcessKey previous)
    {
        var (pid, start) = (previous.Pid, previous.StartNs);
        ProcessNode? parent = null;
        string? image = null, comm = null, currentDirectory = null, userName = null;
        string[]? arguments = null;
        uint? uid = null;
        ulong flags = 0;
        _processDepths[index] = 1;
        var field = fields.NoField();
        while (fields.ReadField(ref field))
        {
            switch (field.Id)
            {
                case ProcessField.Pid: pid = GetPid(field, previous.Pid); break;
                case ProcessField.Start: start += (ulong)field.Signed(); break;
                case ProcessField.Parent: parent = GetParent(field, index); break;
                case ProcessField.Image: image = GetString(field); break;
                case ProcessField.Comm: comm = GetString(field); break;
                case ProcessField.Arguments: arguments = ReadArguments(field); break;
                case ProcessField.CurrentDirectory: currentDirectory = GetString(field); break;
                case ProcessField.Uid: uid = GetUInt32(field); break;
                case ProcessField.UserName: userName = GetString(field); break;
                case ProcessField.Flags: flags = field.Number(); break;
                default: break;
            }
        }

        image ??= parent?.Image ?? "";
        return new ProcessNode
        {
            Key = new ProcessKey(pid, start),
            Parent = parent,
            Image = image,
            Comm = comm ?? FileName(image, arguments),
            Arguments = arguments ?? parent?.Arguments ?? [],
            ArgumentsTruncated = (flags & ProcessField.ArgumentsTruncated) != 0,
            CurrentDirectory = currentDirectory ?? parent?.CurrentDirectory ?? "",
            Uid = uid ?? parent?.Uid ?? 0,
            UserName = userName ?? parent?.UserName ?? "",
            LineageTruncated = (flags & ProcessField.LineageTruncated) != 0,
        };
    }

    // The same text is mostly at hand, for programs are called by their own names. Else it is made once for an image: as many processes as
    // a frame can have, each with a long name of its own, would be a thousand times the frame.
    private string FileName(string image, string[]? arguments)
    {
        var name = ProcessField.FileName(image);
        if (name.Length == image.Length)
        {
            return image;
        }

        if (arguments is [var first, ..] && name.SequenceEqual(first))
        {
            return first;
        }

        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_fileNames, image, out _);
        return known ??= RecentTexts.Of(name);
    }

    private static uint GetPid(in WireField field, uint previous)
    {
        var difference = field.Signed();
        if (difference < -(long)previous || difference > uint.MaxValue - (long)previous)
        {
            field.Fail($"makes pid {previous} change by {difference}");
            return 0;
        }

        return (uint)(previous + difference);
    }

    private ProcessNode? GetParent(in WireField field, int index)
    {
        var back = field.Number();
        if (back == 0 || back > (ulong)index)
        {
            field.Fail($"refers to a parent {back} entries before entry {index}");
            return null;
        }

        var parent = index - (int)back;
        _processDepths[index] = _processDepths[parent] + 1;
        if (_processDepths[index] > ProcessNode.MaxLineage)
        {
            field.Fail($"makes a lineage of more than {ProcessNode.MaxLineage} processes");
        }

        return _processes[parent];
    }

    // Each byte of the block is at most one reference, yet each reference may be to the same long string.
    private string[] ReadArguments(in WireField field)
    {
        var block = field.Block();
        _arguments.Clear();
        var length = 0;
        while (!block.AtEnd)
        {
            var argument = GetString(block.ReadVarint(), field);
            length += argument.Length + 1;
            if (length > FrameFormat.MaxArgumentsLength || _allArgumentsLength + length > FrameFormat.MaxAllArgumentsLength)
            {
                field.Fail(
                    $"makes an argv of more than {FrameFormat.MaxArgumentsLength} or all together of more than {FrameFormat.MaxAllArgumentsLength} characters",
                    FrameErrorKind.TooLarge);
                return [];
            }

            _arguments.Add(argument);
        }

        _allArgumentsLength += length;

        return RecentTexts.Of(_arguments);
    }

    private static uint GetUInt32(in WireField field) => (uint)field.Number(uint.MaxValue);
}
