using Wire.Model;

namespace Wire.Codec;

/// <content>The table of processes, each after its parent.</content>
public sealed partial class FrameEncoder
{
    private readonly Dictionary<ProcessNode, uint> _processIndex = new(ReferenceEqualityComparer.Instance);
    private readonly List<int> _processDepths = [];

    // For each process the actor of its latest event, or of its parent's: nearly always that of its next one too. -1 = none yet.
    private readonly List<int> _processActors = [];
    private readonly List<ProcessNode> _chain = [];
    private readonly WireWriter _processes = new();
    private ProcessKey _previousProcess;
    private ProcessNode? _latestProcess;
    private uint _latestProcessIndex;
    private int _maxLineage;
    private int _longestArguments;
    private long _allArgumentsLength;

    private void ClearProcesses(int maxLineage)
    {
        _processIndex.Clear();
        _processDepths.Clear();
        _processActors.Clear();
        _processes.Clear();
        _previousProcess = default;
        _latestProcess = null;
        _maxLineage = maxLineage;
        _longestArguments = 0;
        _allArgumentsLength = 0;
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

        var start = _processes.BeginBlock();
        _processes.WriteSignedUnlessZero(ProcessField.Pid, (long)process.Key.Pid - _previousProcess.Pid);
        _processes.WriteSignedUnlessZero(ProcessField.Start, (long)(process.Key.StartNs - _previousProcess.StartNs));
        _processes.WriteFieldUnless(0, ProcessField.Parent, parent < 0 ? 0 : (ulong)(index - parent));
        WriteStringUnless(inherited?.Image ?? "", _processes, ProcessField.Image, process.Image);
        if (!ProcessField.FileName(process.Image).SequenceEqual(process.Comm))
        {
            _processes.WriteField(ProcessField.Comm, AddString(process.Comm));
        }

        WriteArguments(inherited?.Arguments ?? [], process.Arguments);
        WriteStringUnless(inherited?.CurrentDirectory ?? "", _processes, ProcessField.CurrentDirectory, process.CurrentDirectory);
        _processes.WriteFieldUnless(inherited?.Uid ?? 0, ProcessField.Uid, process.Uid);
        WriteStringUnless(inherited?.UserName ?? "", _processes, ProcessField.UserName, process.UserName);
        _processes.WriteFieldUnless(0, ProcessField.Flags, flags);
        _processes.EndBlock(start);

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
        _processes.WriteVarint((ProcessField.Arguments << 1) | 1);
        var start = _processes.BeginBlock();
        for (var i = 0; i < arguments.Count; i++)
        {
            _processes.WriteVarint(AddString(arguments[i]));
            length += arguments[i].Length + 1;
        }

        _processes.EndBlock(start);
        _longestArguments = Math.Max(_longestArguments, length);
        _allArgumentsLength += length;
    }
}
