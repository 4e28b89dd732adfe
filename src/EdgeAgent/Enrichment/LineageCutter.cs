using Wire.Model;

namespace EdgeAgent.Enrichment;

/// <summary>Bounds a lineage: a daemon that forks itself for ever, or a chain of giant command lines, must not grow an event for ever.</summary>
internal static class LineageCutter
{
    private const int KeptArgumentText = 128;

    /// <summary>Characters of a node's paths and arguments.</summary>
    internal static int TextOf(ProcessNode node) =>
        node.Image.Length + node.CurrentDirectory.Length + node.Arguments.Sum(a => a.Length + 1);

    /// <summary>The same process with a bounded lineage; the node itself stays whole.</summary>
    /// <param name="node">Youngest node.</param>
    /// <param name="maxNodes">Most nodes that are kept.</param>
    /// <param name="maxText">Most characters that are kept; ancestors lose their arguments first, then the oldest are cut.</param>
    internal static ProcessNode Cut(ProcessNode node, int maxNodes, int maxText)
    {
        var kept = new List<ProcessNode>();
        var text = 0;
        foreach (var ancestor in node.Lineage().Take(maxNodes))
        {
            var small = kept.Count == 0 ? ancestor : Short(ancestor);
            text += TextOf(small);
            if (kept.Count > 0 && text > maxText)
            {
                break;
            }

            kept.Add(small);
        }

        ProcessNode? parent = null;
        for (var i = kept.Count - 1; i >= 0; i--)
        {
            parent = Copy(kept[i], parent, kept[i].Arguments, kept[i].ArgumentsTruncated, kept[i].CurrentDirectory);
        }

        return parent!;
    }

    private static ProcessNode Short(ProcessNode node)
    {
        var kept = Within(node.Arguments, KeptArgumentText);
        return Copy(node, node.Parent, kept, node.ArgumentsTruncated || kept.Count < node.Arguments.Count, "");
    }

    /// <summary>The first arguments, as many as have room whole.</summary>
    /// <param name="arguments">All.</param>
    /// <param name="room">Characters.</param>
    internal static IReadOnlyList<string> Within(IReadOnlyList<string> arguments, int room)
    {
        var count = 0;
        while (count < arguments.Count && arguments[count].Length <= room)
        {
            room -= arguments[count++].Length;
        }

        return count == arguments.Count ? arguments : [.. arguments.Take(count)];
    }

    /// <summary>A process with other ancestors and texts.</summary>
    internal static ProcessNode Copy(
        ProcessNode node, ProcessNode? parent, IReadOnlyList<string> arguments, bool truncated, string currentDirectory) => new()
    {
        Key = node.Key,
        Parent = parent,
        Image = node.Image,
        Comm = node.Comm,
        Arguments = arguments,
        ArgumentsTruncated = truncated,
        CurrentDirectory = currentDirectory,
        Uid = node.Uid,
        UserName = node.UserName,
        LineageTruncated = node.LineageTruncated || (parent is null && node.Parent is not null),
    };
}
