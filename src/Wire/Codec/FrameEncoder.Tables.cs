using System.Numerics;
using System.Runtime.InteropServices;
using Wire.Model;

namespace Wire.Codec;

/// <content>The tables: what events share is written once and referred to by its index.</content>
public sealed partial class FrameEncoder
{
    private const int LatestFilesBits = 6;

    // 2^64 by the golden ratio: neighbours among the inodes come apart, and so do inodes that differ in their high bits only.
    private const ulong InodeFactor = 0x9E37_79B9_7F4A_7C15;

    private readonly Dictionary<ActorFacts, uint> _actorIndex = [];
    private readonly List<ActorFacts> _actorRows = [];
    private readonly Dictionary<OpenedFile, int> _fileIndex = [];
    private readonly List<OpenedFile> _fileRows = [];

    // Rows of the files that were looked for latest, by their inodes.
    private readonly int[] _latestFiles = new int[1 << LatestFilesBits];
    private readonly WireWriter _actors = new();
    private readonly WireWriter _files = new();
    private ActorFacts _previousActor = UsualValues.ActorBeforeFirst;
    private FileIdentity _previousFile;
    private uint _previousOpenFlags;

    private void ClearTables(int maxLineage)
    {
        ClearStrings();
        ClearProcesses(maxLineage);
        _actorIndex.Clear();
        _actorRows.Clear();
        _fileIndex.Clear();
        _fileRows.Clear();
        _actors.Clear();
        _files.Clear();
        _previousActor = UsualValues.ActorBeforeFirst;
        _previousFile = default;
        _previousOpenFlags = 0;
    }

    private bool TablesFit =>
        _ownStrings <= FrameFormat.MaxStrings && _text.Length <= FrameFormat.MaxTextBytes
        && _actorIndex.Count <= FrameFormat.MaxTableEntries && _fileIndex.Count <= FrameFormat.MaxTableEntries
        && _processDepths.Count <= FrameFormat.MaxProcesses
        && _longestString <= FrameFormat.MaxStringLength && _longestArguments <= FrameFormat.MaxArgumentsLength && _allArgumentsLength <= FrameFormat.MaxAllArgumentsLength
        && _strings.Length + _actors.Length + _files.Length + _processes.Length <= FrameFormat.MaxFrameBytes;

    private void WriteTables()
    {
        WriteTableUnlessEmpty(FrameField.Strings, _ownStrings, _strings);
        WriteTableUnlessEmpty(FrameField.Actors, _actorIndex.Count, _actors);
        WriteTableUnlessEmpty(FrameField.Files, _fileIndex.Count, _files);
        WriteTableUnlessEmpty(FrameField.Processes, _processDepths.Count, _processes);
    }

    private void WriteTableUnlessEmpty(uint id, int count, WireWriter entries)
    {
        if (count > 0)
        {
            WriteTable(id, count, entries);
        }
    }

    private ulong AddActor(ActorFacts actor, int process)
    {
        var latest = _processActors[process];
        if (latest >= 0 && _actorRows[latest] == actor)
        {
            return (ulong)latest;
        }

        var index = FindActor(actor);
        _processActors[process] = (int)index;
        return index;
    }

    private uint FindActor(ActorFacts actor)
    {
        ref var index = ref CollectionsMarshal.GetValueRefOrAddDefault(_actorIndex, actor, out var isKnown);
        if (!isKnown)
        {
            index = (uint)_actorRows.Count;
            _actorRows.Add(actor);
            WriteActor(actor);
        }

        return index;
    }

    private void WriteActor(ActorFacts actor)
    {
        var (uid, euid, gid, egid, loginUid, auditSession, session) = actor.Credentials;
        var before = _previousActor.Credentials;
        var start = _actors.BeginBlock();
        _actors.WriteFieldUnless(before.Uid, ActorField.Uid, uid);
        _actors.WriteFieldUnless(uid, ActorField.Euid, euid);
        _actors.WriteFieldUnless(before.Gid, ActorField.Gid, gid);
        _actors.WriteFieldUnless(gid, ActorField.Egid, egid);
        _actors.WriteFieldUnless(before.LoginUid, ActorField.LoginUid, loginUid);
        _actors.WriteFieldUnless(before.AuditSession, ActorField.AuditSession, auditSession);
        _actors.WriteFieldUnless(before.Session.Pid, ActorField.SessionPid, session.Pid);
        _actors.WriteFieldUnless(before.Session.StartNs, ActorField.SessionStart, session.StartNs);
        WriteStringUnless(_previousActor.UserName, _actors, ActorField.UserName, actor.UserName);
        WriteStringUnless(actor.UserName, _actors, ActorField.EffectiveUserName, actor.EffectiveUserName);
        WriteStringUnless(_previousActor.LoginUserName, _actors, ActorField.LoginUserName, actor.LoginUserName);
        _actors.WriteFieldUnless(_previousActor.CgroupId, ActorField.CgroupId, actor.CgroupId);
        WriteStringUnless(_previousActor.ContainerId, _actors, ActorField.ContainerId, actor.ContainerId);
        WriteCapabilitiesUnless(before.Capabilities, actor.Credentials.Capabilities);
        _actors.WriteFieldUnless(Turned(_previousActor.Terminal), ActorField.Terminal, Turned(actor.Terminal));
        WriteNamespaceUnless(_previousActor.Namespaces.Mount, ActorField.MountNamespace, actor.Namespaces.Mount);
        WriteNamespaceUnless(_previousActor.Namespaces.Pid, ActorField.PidNamespace, actor.Namespaces.Pid);
        WriteNamespaceUnless(_previousActor.Namespaces.Network, ActorField.NetworkNamespace, actor.Namespaces.Network);
        WriteNamespaceUnless(_previousActor.Namespaces.User, ActorField.UserNamespace, actor.Namespaces.User);
        _actors.EndBlock(start);
        _previousActor = actor;
    }

    private void WriteCapabilitiesUnless(ulong before, ulong capabilities)
    {
        if (capabilities == before)
        {
            return;
        }

        var below = BitOperations.TrailingZeroCount(~capabilities);
        if (below == 64 || capabilities >> below == 0)
        {
            _actors.WriteField(ActorField.CapabilitiesBelow, (ulong)below);
        }
        else
        {
            _actors.WriteField(ActorField.Capabilities, capabilities);
        }
    }

    private void WriteNamespaceUnless(uint before, uint id, uint inode)
    {
        if (inode != before)
        {
            _actors.WriteField(id, WireWriter.ZigZag((long)inode - FrameFormat.FirstNamespace));
        }
    }

    private static uint Turned(uint device) => BitOperations.RotateLeft(device, 12);

    private ulong AddFile(in OpenedFile file)
    {
        // Most were opened in the same way before; the dictionary would copy and hash them whole.
        ref var latest = ref _latestFiles[(int)((file.File.Inode * InodeFactor) >> (64 - LatestFilesBits))];
        if (latest >= _fileRows.Count || !CollectionsMarshal.AsSpan(_fileRows)[latest].Is(file))
        {
            latest = FindFile(file);
        }

        return (ulong)latest;
    }

    private int FindFile(in OpenedFile file)
    {
        ref var index = ref CollectionsMarshal.GetValueRefOrAddDefault(_fileIndex, file, out var isKnown);
        if (!isKnown)
        {
            index = _fileRows.Count;
            _fileRows.Add(file);
            WriteFile(file);
        }

        return index;
    }

    private void WriteFile(in OpenedFile file)
    {
        var before = _previousFile;
        var start = _files.BeginBlock();
        _files.WriteFieldUnless(before.Device, FileField.Device, file.File.Device);
        _files.WriteSignedUnlessZero(FileField.Inode, (long)(file.File.Inode - before.Inode));
        _files.WriteFieldUnless(before.Mode, FileField.Mode, file.File.Mode);
        _files.WriteFieldUnless(1, FileField.LinkCount, file.File.LinkCount);
        _files.WriteFieldUnless(0, FileField.PathFlags, (ulong)file.PathFlags);
        WriteStringUnless("", _files, FileField.Path, file.Path);
        var openFlags = file.OpenFlags ?? _previousOpenFlags;
        _files.WriteFieldUnless(_previousOpenFlags, FileField.OpenFlags, openFlags);
        _files.EndBlock(start);
        _previousFile = file.File;
        _previousOpenFlags = openFlags;
    }
}
