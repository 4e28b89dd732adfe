namespace Wire.Model;

/// <summary>
/// A process as it was at one moment: one node per image. An exec makes a new node with the same <see cref="Key"/> and
/// <see cref="Parent"/>; a fork makes a child whose parent is the node that forked.
/// </summary>
/// <remarks>Immutable, so nodes are shared freely between events and threads. The chain of parents is the spawn lineage, not the
/// kernel's present parent: it survives re-parenting and the death of an ancestor.</remarks>
public sealed class ProcessNode
{
    /// <summary>Longest chain of ancestors that is kept; what is older is cut and <see cref="LineageTruncated"/> set.</summary>
    public const int MaxLineage = 256;

    /// <summary>Process entity id.</summary>
    public required ProcessKey Key { get; init; }

    /// <summary>The node that spawned this one; null at the root or when unknown.</summary>
    public ProcessNode? Parent { get; init; }

    /// <summary>Resolved path of the running program; empty when unknown (kernel threads, processes that were gone when looked up).</summary>
    public string Image { get; init; } = "";

    /// <summary>The kernel's short name, at most 15 bytes. Chosen by the process itself: for people to read, never to decide by.</summary>
    public string Comm { get; init; } = "";

    /// <summary>argv, as given to exec. argv[0] is chosen by the caller.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>True when argv was longer than what the sensor reads.</summary>
    public bool ArgumentsTruncated { get; init; }

    /// <summary>Working directory at exec; empty when unknown.</summary>
    public string CurrentDirectory { get; init; } = "";

    /// <summary>Real user id.</summary>
    public uint Uid { get; init; }

    /// <summary>Name of <see cref="Uid"/> on the host; empty when unknown.</summary>
    public string UserName { get; init; } = "";

    /// <summary>True when ancestors beyond the last one were cut or never known although the process had some.</summary>
    public bool LineageTruncated { get; init; }

    /// <summary>argv joined by single spaces: Sigma's CommandLine.</summary>
    public string CommandLine => Arguments.Count == 1 ? Arguments[0] : string.Join(' ', Arguments);

    /// <summary>This node and its ancestors, youngest first; at most <see cref="MaxLineage"/> nodes.</summary>
    public IEnumerable<ProcessNode> Lineage()
    {
        var depth = 0;
        for (var node = this; node is not null && depth < MaxLineage; node = node.Parent, depth++)
        {
            yield return node;
        }
    }
}
