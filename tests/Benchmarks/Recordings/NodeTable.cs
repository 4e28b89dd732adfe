using Wire.Model;

namespace Benchmarks.Recordings;

/// <summary>
/// Processes of many frames as one set: each frame has its own objects for the same processes, the agent that made them has one. Each is made
/// anew by a function. Not thread-safe.
/// </summary>
/// <param name="change">From a process and its new parent to what stands for it.</param>
internal sealed class NodeTable(Func<ProcessNode, ProcessNode?, ProcessNode> change)
{
    private readonly Dictionary<ProcessNode, ProcessNode> _made = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, ProcessNode> _same = new(StringComparer.Ordinal);
    private readonly Dictionary<ProcessNode, int> _numbers = new(ReferenceEqualityComparer.Instance);

    /// <summary>What stands for a process.</summary>
    public ProcessNode Of(ProcessNode node)
    {
        if (_made.TryGetValue(node, out var known))
        {
            return known;
        }

        var made = change(node, node.Parent is { } parent ? Of(parent) : null);
        var parentNumber = made.Parent is null ? 0 : Number(made.Parent);
        var text = string.Join('\u0001', made.Arguments);
        var key = $"{parentNumber}\0{made.Key}\0{made.Image}\0{made.Comm}\0{text}\0{made.CurrentDirectory}\0{made.Uid}\0{made.UserName}";
        if (!_same.TryGetValue(key, out var first))
        {
            _same.Add(key, first = made);
        }

        _made.Add(node, first);
        return first;
    }

    private int Number(ProcessNode node)
    {
        if (!_numbers.TryGetValue(node, out var number))
        {
            _numbers.Add(node, number = _numbers.Count + 1);
        }

        return number;
    }
}
