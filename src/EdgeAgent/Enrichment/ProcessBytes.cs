using Wire.Model;

namespace EdgeAgent.Enrichment;

/// <summary>Estimates from above what kept processes take of the agent's memory.</summary>
internal static class ProcessBytes
{
    /// <summary>The process itself, its places in the tables, and the heads of its texts.</summary>
    private const int Fixed = 256;

    /// <summary>Head, end and reference of one text.</summary>
    private const int PerText = 40;

    /// <summary>Bytes of a process without its ancestors. What it has from its parent, as after a fork, is its parent's.</summary>
    internal static long Of(ProcessNode node)
    {
        long bytes = Fixed + (node.Comm.Length * sizeof(char));
        if (!ReferenceEquals(node.Image, node.Parent?.Image))
        {
            bytes += node.Image.Length * sizeof(char);
        }

        if (!ReferenceEquals(node.CurrentDirectory, node.Parent?.CurrentDirectory))
        {
            bytes += node.CurrentDirectory.Length * sizeof(char);
        }

        if (!ReferenceEquals(node.Arguments, node.Parent?.Arguments))
        {
            for (var i = 0; i < node.Arguments.Count; i++)
            {
                bytes += PerText + (node.Arguments[i].Length * sizeof(char));
            }
        }

        return bytes;
    }

    /// <summary>Bytes of processes and all their ancestors, each counted once.</summary>
    internal static long Of(IEnumerable<ProcessNode> nodes)
    {
        var counted = new HashSet<ProcessNode>();
        var bytes = 0L;
        foreach (var youngest in nodes)
        {
            for (var node = youngest; node is not null && counted.Add(node); node = node.Parent)
            {
                bytes += Of(node);
            }
        }

        return bytes;
    }
}
