using Wire.Model;

namespace Wire.Codec;

/// <content>The tables: what events share is written once and referred to by its index.</content>
public sealed partial class FrameEncoder
{
    private readonly Dictionary<string, uint> _stringIndex = new(StringComparer.Ordinal);
    private readonly Dictionary<Actor, uint> _actorIndex = [];
    private readonly Dictionary<FileIdentity, uint> _fileIndex = [];
    private readonly Dictionary<ProcessNode, uint> _processIndex = new(ReferenceEqualityComparer.Instance);
    private readonly List<int> _processDepths = [];
    private readonly List<ProcessNode> _chain = [];
    private readonly WireWriter _strings = new();
    private readonly WireWriter _actors = new();
    private readonly WireWriter _files = new();
    private readonly WireWriter _processes = new();
    private ProcessKey _previousProcess;
    private int _maxLineage;

    private void ClearTables(int maxLineage)
    {
        _stringIndex.Clear();
        _actorIndex.Clear();
        _fileIndex.Clear();
        _processIndex.Clear();
        _processDepths.Clear();
        _strings.Clear();
        _actors.Clear();
        _files.Clear();
        _processes.Clear();
        _previousProcess = default;
        _maxLineage = maxLineage;
    }

    private bool TablesFit =>
        _stringIndex.Count <= FrameFormat.MaxStrings && _actorIndex.Count <= FrameFormat.MaxTableEntries
        && _fileIndex.Count <= FrameFormat.MaxTableEntries && _processDepths.Count <= FrameFormat.MaxProcesses
        && _strings.Length + _actors.Length + _files.Length + _processes.Length <= FrameFormat.MaxFrameBytes;

    private void WriteTables()
    {
        WriteTableUnlessEmpty(FrameField.Strings, _stringIndex.Count, _strings);
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

    // A string reference: 0 = empty, else index + 1.
    private ulong AddString(string text)
    {
        if (text.Length == 0)
        {
            return 0;
        }

        if (!_stringIndex.TryGetValue(text, out var index))
        {
            index = (uint)_stringIndex.Count;
            _stringIndex.Add(text, index);
            _strings.WriteText(text);
        }

        return index + 1;
    }

    private ulong AddActor(in Actor actor)
    {
        if (!_actorIndex.TryGetValue(actor, out var index))
        {
            index = (uint)_actorIndex.Count;
            _actorIndex.Add(actor, index);
            WriteActor(actor);
        }

        return index;
    }

    private void WriteActor(in Actor actor)
    {
        var (uid, euid, gid, egid, loginUid, auditSession, session) = actor.Credentials;
        var userName = AddString(actor.UserName);
        _entry.Clear();
        _entry.WriteFieldUnless(0, ActorField.Uid, uid);
        _entry.WriteFieldUnless(uid, ActorField.Euid, euid);
        _entry.WriteFieldUnless(0, ActorField.Gid, gid);
        _entry.WriteFieldUnless(gid, ActorField.Egid, egid);
        _entry.WriteFieldUnless(Credentials.Unset, ActorField.LoginUid, loginUid);
        _entry.WriteFieldUnless(Credentials.Unset, ActorField.AuditSession, auditSession);
        _entry.WriteFieldUnless(0, ActorField.SessionPid, session.Pid);
        _entry.WriteFieldUnless(0, ActorField.SessionStart, session.StartNs);
        _entry.WriteFieldUnless(0, ActorField.UserName, userName);
        _entry.WriteFieldUnless(userName, ActorField.EffectiveUserName, AddString(actor.EffectiveUserName));
        _entry.WriteFieldUnless(0, ActorField.LoginUserName, AddString(actor.LoginUserName));
        _entry.WriteFieldUnless(0, ActorField.CgroupId, actor.CgroupId);
        _actors.WriteBlock(_entry.Written);
    }

    // A file reference: 0 = nothing known, else index + 1.
    private ulong AddFile(in FileIdentity file)
    {
        if (file == default)
        {
            return 0;
        }

        if (!_fileIndex.TryGetValue(file, out var index))
        {
            index = (uint)_fileIndex.Count;
            _fileIndex.Add(file, index);
            WriteFile(file);
        }

        return index + 1;
    }

    private void WriteFile(in FileIdentity file)
    {
        _entry.Clear();
        _entry.WriteFieldUnless(0, FileField.Device, file.Device);
        _entry.WriteFieldUnless(0, FileField.Inode, file.Inode);
        _entry.WriteFieldUnless(0, FileField.Mode, file.Mode);
        _entry.WriteFieldUnless(1, FileField.LinkCount, file.LinkCount);
        _files.WriteBlock(_entry.Written);
    }

    private ulong AddProcess(ProcessNode process)
    {
        if (_processIndex.TryGetValue(process, out var index))
        {
            return index;
        }

        // Ancestors that are not in the table yet, youngest first.
        _chain.Clear();
        var parent = -1;
        for (var node = process; node is not null && _chain.Count < _maxLineage; node = node.Parent)
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

        return (ulong)parent;
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
        _entry.WriteFieldUnless(0, ProcessField.Image, AddString(process.Image));
        _entry.WriteFieldUnless(0, ProcessField.Comm, AddString(process.Comm));
        WriteArguments(process.Arguments);
        _entry.WriteFieldUnless(AddString(inherited?.CurrentDirectory ?? ""), ProcessField.CurrentDirectory, AddString(process.CurrentDirectory));
        _entry.WriteFieldUnless(inherited?.Uid ?? 0, ProcessField.Uid, process.Uid);
        _entry.WriteFieldUnless(AddString(inherited?.UserName ?? ""), ProcessField.UserName, AddString(process.UserName));
        _entry.WriteFieldUnless(0, ProcessField.Flags, flags);
        _processes.WriteBlock(_entry.Written);

        _previousProcess = process.Key;
        _processIndex[process] = (uint)index;
        _processDepths.Add(parent < 0 ? 1 : _processDepths[parent] + 1);
    }

    private void WriteArguments(IReadOnlyList<string> arguments)
    {
        _nested.Clear();
        for (var i = 0; i < arguments.Count; i++)
        {
            _nested.WriteVarint(AddString(arguments[i]));
        }

        if (arguments.Count > 0)
        {
            _entry.WriteField(ProcessField.Arguments, _nested.Written);
        }
    }
}
