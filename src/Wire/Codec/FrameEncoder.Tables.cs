using System.Numerics;
using System.Runtime.InteropServices;
using Wire.Model;

namespace Wire.Codec;

/// <content>The tables: what events share is written once and referred to by its index.</content>
public sealed partial class FrameEncoder
{
    private readonly Dictionary<Actor, uint> _actorIndex = [];
    private readonly List<Actor> _actorRows = [];
    private readonly Dictionary<OpenedFile, uint> _fileIndex = [];
    private readonly Dictionary<ProcessNode, uint> _processIndex = new(ReferenceEqualityComparer.Instance);
    private readonly List<int> _processDepths = [];

    // For each process the actor of its latest event, or of its parent's: nearly always that of its next one too. -1 = none yet.
    private readonly List<int> _processActors = [];
    private readonly List<ProcessNode> _chain = [];
    private readonly WireWriter _actors = new();
    private readonly WireWriter _files = new();
    private readonly WireWriter _processes = new();
    private Actor _previousActor;
    private FileIdentity _previousFile;
    private uint _previousOpenFlags;
    private ProcessKey _previousProcess;
    private ProcessNode? _latestProcess;
    private uint _latestProcessIndex;
    private int _maxLineage;
    private int _longestArguments;
    private long _allArgumentsLength;

    private void ClearTables(int maxLineage)
    {
        ClearStrings();
        _actorIndex.Clear();
        _actorRows.Clear();
        _fileIndex.Clear();
        _processIndex.Clear();
        _processDepths.Clear();
        _processActors.Clear();
        _actors.Clear();
        _files.Clear();
        _processes.Clear();
        _previousActor = Actor.BeforeFirst;
        _previousFile = default;
        _previousOpenFlags = 0;
        _previousProcess = default;
        _latestProcess = null;
        _maxLineage = maxLineage;
        _longestArguments = 0;
        _allArgumentsLength = 0;
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

    private ulong AddActor(in EventFacts facts, int process)
    {
        var latest = _processActors[process];
        if (latest >= 0 && CollectionsMarshal.AsSpan(_actorRows)[latest].Fits(facts))
        {
            return (ulong)latest;
        }

        var actor = Actor.Of(facts);
        ref var index = ref CollectionsMarshal.GetValueRefOrAddDefault(_actorIndex, actor, out var isKnown);
        if (!isKnown)
        {
            index = (uint)_actorRows.Count;
            _actorRows.Add(actor);
            WriteActor(actor);
        }

        _processActors[process] = (int)index;
        return index;
    }

    private void WriteActor(in Actor actor)
    {
        var (uid, euid, gid, egid, loginUid, auditSession, session) = actor.Credentials;
        var before = _previousActor.Credentials;
        _entry.Clear();
        _entry.WriteFieldUnless(before.Uid, ActorField.Uid, uid);
        _entry.WriteFieldUnless(uid, ActorField.Euid, euid);
        _entry.WriteFieldUnless(before.Gid, ActorField.Gid, gid);
        _entry.WriteFieldUnless(gid, ActorField.Egid, egid);
        _entry.WriteFieldUnless(before.LoginUid, ActorField.LoginUid, loginUid);
        _entry.WriteFieldUnless(before.AuditSession, ActorField.AuditSession, auditSession);
        _entry.WriteFieldUnless(before.Session.Pid, ActorField.SessionPid, session.Pid);
        _entry.WriteFieldUnless(before.Session.StartNs, ActorField.SessionStart, session.StartNs);
        WriteStringUnless(_previousActor.UserName, ActorField.UserName, actor.UserName);
        WriteStringUnless(actor.UserName, ActorField.EffectiveUserName, actor.EffectiveUserName);
        WriteStringUnless(_previousActor.LoginUserName, ActorField.LoginUserName, actor.LoginUserName);
        _entry.WriteFieldUnless(_previousActor.CgroupId, ActorField.CgroupId, actor.CgroupId);
        WriteStringUnless(_previousActor.ContainerId, ActorField.ContainerId, actor.ContainerId);
        WriteCapabilitiesUnless(before.Capabilities, actor.Credentials.Capabilities);
        _entry.WriteFieldUnless(Turned(_previousActor.Terminal), ActorField.Terminal, Turned(actor.Terminal));
        WriteNamespaceUnless(_previousActor.Namespaces.Mount, ActorField.MountNamespace, actor.Namespaces.Mount);
        WriteNamespaceUnless(_previousActor.Namespaces.Pid, ActorField.PidNamespace, actor.Namespaces.Pid);
        WriteNamespaceUnless(_previousActor.Namespaces.Network, ActorField.NetworkNamespace, actor.Namespaces.Network);
        WriteNamespaceUnless(_previousActor.Namespaces.User, ActorField.UserNamespace, actor.Namespaces.User);
        _actors.WriteBlock(_entry.Written);
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
            _entry.WriteField(ActorField.CapabilitiesBelow, (ulong)below);
        }
        else
        {
            _entry.WriteField(ActorField.Capabilities, capabilities);
        }
    }

    private void WriteNamespaceUnless(uint before, uint id, uint inode)
    {
        if (inode != before)
        {
            _entry.WriteField(id, WireWriter.ZigZag((long)inode - FrameFormat.FirstNamespace));
        }
    }

    private static uint Turned(uint device) => BitOperations.RotateLeft(device, 12);

    private ulong AddFile(in OpenedFile file)
    {
        ref var index = ref CollectionsMarshal.GetValueRefOrAddDefault(_fileIndex, file, out var isKnown);
        if (!isKnown)
        {
            index = (uint)_fileIndex.Count - 1;
            WriteFile(file);
        }

        return index;
    }

    private void WriteFile(in OpenedFile file)
    {
        var before = _previousFile;
        _entry.Clear();
        _entry.WriteFieldUnless(before.Device, FileField.Device, file.File.Device);
        _entry.WriteSignedUnlessZero(FileField.Inode, (long)(file.File.Inode - before.Inode));
        _entry.WriteFieldUnless(before.Mode, FileField.Mode, file.File.Mode);
        _entry.WriteFieldUnless(1, FileField.LinkCount, file.File.LinkCount);
        _entry.WriteFieldUnless(0, FileField.PathFlags, (ulong)file.PathFlags);
        WriteStringUnless("", FileField.Path, file.Path);
        var openFlags = file.OpenFlags ?? _previousOpenFlags;
        _entry.WriteFieldUnless(_previousOpenFlags, FileField.OpenFlags, openFlags);
        _files.WriteBlock(_entry.Written);
        _previousFile = file.File;
        _previousOpenFlags = openFlags;
    }

    private ulong AddProcess(ProcessNode process)
    {
        if (ReferenceEquals(process, _latestProcess))
        {
            return _latestProcessIndex;
        }

        _latestProcess = process;
        if (_processIndex.TryGetValue(process, out var index))
        {
            return _latestProcessIndex = index;
        }

        // Ancestors that are not in the table yet, youngest first.
        _chain.Clear();
        _chain.Add(process);
        var parent = -1;
        for (var node = process.Parent; node is not null && _chain.Count < _maxLineage; node = node.Parent)
        {
            if (_processIndex.TryGetValue(node, out index))
            {
                parent = (int)index;
                break;
            }

            _chain.Add(node);
        }

        if (parent >= 0 && _processDepths[parent] + _chain.Count > _maxLineage)
        {
            CutLineage(process);
            parent = -1;
        }

        for (var i = _chain.Count - 1; i >= 0; i--)
        {
            WriteProcess(_chain[i], parent);
            parent = _processDepths.Count - 1;
        }

        return _latestProcessIndex = (uint)parent;
    }

    // The lineage has grown too long: the younger half is written once more, without what is older. So a chain that goes on
    // growing costs two entries a process at most, and at least half of the longest lineage is always there.
    private void CutLineage(ProcessNode process)
    {
        _chain.Clear();
        for (var node = process; node is not null && _chain.Count < _maxLineage / 2; node = node.Parent)
        {
            _chain.Add(node);
        }
    }

    private void WriteProcess(ProcessNode process, int parent)
    {
        var index = _processDepths.Count;
        var inherited = parent >= 0 ? process.Parent! : null;
        var cut = parent < 0 && process.Parent is not null;
        var flags = (process.ArgumentsTruncated ? ProcessField.ArgumentsTruncated : 0)
            | (process.LineageTruncated || cut ? ProcessField.LineageTruncated : 0);

        _entry.Clear();
        _entry.WriteSignedUnlessZero(ProcessField.Pid, (long)process.Key.Pid - _previousProcess.Pid);
        _entry.WriteSignedUnlessZero(ProcessField.Start, (long)(process.Key.StartNs - _previousProcess.StartNs));
        _entry.WriteFieldUnless(0, ProcessField.Parent, parent < 0 ? 0 : (ulong)(index - parent));
        WriteStringUnless(inherited?.Image ?? "", ProcessField.Image, process.Image);
        WriteStringUnless(ProcessField.FileName(process.Image), ProcessField.Comm, process.Comm);
        WriteArguments(inherited?.Arguments ?? [], process.Arguments);
        WriteStringUnless(inherited?.CurrentDirectory ?? "", ProcessField.CurrentDirectory, process.CurrentDirectory);
        _entry.WriteFieldUnless(inherited?.Uid ?? 0, ProcessField.Uid, process.Uid);
        WriteStringUnless(inherited?.UserName ?? "", ProcessField.UserName, process.UserName);
        _entry.WriteFieldUnless(0, ProcessField.Flags, flags);
        _processes.WriteBlock(_entry.Written);

        _previousProcess = process.Key;
        _processIndex[process] = (uint)index;
        _processActors.Add(parent < 0 ? -1 : _processActors[parent]);
        _processDepths.Add(parent < 0 ? 1 : _processDepths[parent] + 1);
    }

    // Not SequenceEqual, which makes two enumerators for every process.
    private static bool AreSame(IReadOnlyList<string> one, IReadOnlyList<string> other)
    {
        if (ReferenceEquals(one, other))
        {
            return true;
        }

        var same = one.Count == other.Count;
        for (var i = 0; same && i < one.Count; i++)
        {
            same = one[i] == other[i];
        }

        return same;
    }

    private void WriteArguments(IReadOnlyList<string> inherited, IReadOnlyList<string> arguments)
    {
        if (AreSame(inherited, arguments))
        {
            return;
        }

        var length = 0;
        _nested.Clear();
        for (var i = 0; i < arguments.Count; i++)
        {
            _nested.WriteVarint(AddString(arguments[i]));
            length += arguments[i].Length + 1;
        }

        _longestArguments = Math.Max(_longestArguments, length);
        _allArgumentsLength += length;
        _entry.WriteField(ProcessField.Arguments, _nested.Written);
    }
}
