namespace Detection.Rules.Parsing;

/// <summary>What is wrong with one document: its author is told all of it at once, by place. Not thread-safe.</summary>
internal sealed class FaultList
{
    // More help nobody, and a hostile document could have a fault in each of its nodes.
    private const int Most = 20;

    private readonly List<RuleFault> _faults = [];

    /// <summary>True when nothing is wrong so far.</summary>
    public bool IsEmpty => _faults.Count == 0;

    /// <summary>Reads one part of the document; a fault in it is kept, and the other parts can still be read.</summary>
    /// <exception cref="RuleFault">There are too many faults to go on.</exception>
    public void Try(Action read)
    {
        try
        {
            read();
        }
        catch (RuleFault fault)
        {
            Add(fault);
            if (_faults.Count >= Most)
            {
                ThrowIfAny();
            }
        }
    }

    /// <summary>Keeps a fault, and those that were found with it, as far as there is room.</summary>
    public void Add(RuleFault fault) => _faults.AddRange(fault.All.Take(Most - _faults.Count));

    /// <summary>All faults as one.</summary>
    /// <exception cref="RuleFault">There are some. They are in no list any more.</exception>
    public void ThrowIfAny()
    {
        if (TakeAll() is { } fault)
        {
            throw fault;
        }
    }

    /// <summary>All faults as one, by line and column, and forgets them; null when there are none.</summary>
    public RuleFault? TakeAll()
    {
        if (IsEmpty)
        {
            return null;
        }

        RuleFault[] sorted = [.. _faults];
        _faults.Clear();
        StableSort.Sort(sorted, (one, other) => (one.Line, one.Column).CompareTo((other.Line, other.Column)));
        var first = sorted[0];
        return sorted.Length == 1 ? first : new RuleFault(first.Line, first.Column, first.Message, first.WayOut) { Further = sorted[1..] };
    }
}
