using Wire.Model;

namespace EdgeAgent.Enrichment;

/// <summary>
/// Makes kept processes smaller. Processes are immutable, and events that are not sent yet may have them: what is made smaller is made anew, and what
/// shares an ancestor goes on sharing it. For one step over one table. One thread only.
/// </summary>
/// <param name="step">How small.</param>
/// <param name="kept">The processes in the table; all others are kept by their descendants only.</param>
internal sealed class ProcessShrinker(ProcessShrinker.Step step, IReadOnlySet<ProcessNode> kept)
{
    /// <summary>From what hardly anybody misses to what is left of a table that somebody fills with all his means.</summary>
    internal static readonly IReadOnlyList<Step> Steps =
    [
        new(Text: 1024, KeptArguments: 128, MostEnded: ProcessNode.MaxLineage),
        new(Text: 256, KeptArguments: 128, MostEnded: 64),
        new(Text: 128, KeptArguments: 0, MostEnded: 16),
        new(Text: 0, KeptArguments: 0, MostEnded: 4),
        new(Text: 0, KeptArguments: 0, MostEnded: 0),
    ];

    private readonly Dictionary<ProcessNode, Made> _made = [];
    private readonly Stack<ProcessNode> _chain = new();

    /// <summary>Processes that lost something.</summary>
    internal long Shortened { get; private set; }

    /// <summary>The process, made smaller if it is large.</summary>
    internal Made Of(ProcessNode node)
    {
        Made made = default;
        for (var at = node; at is not null && !_made.TryGetValue(at, out made); at = at.Parent)
        {
            _chain.Push(at);
        }

        while (_chain.TryPop(out var next))
        {
            made = _made[next] = Make(next, made);
        }

        return made;
    }

    private Made Make(ProcessNode node, Made parent)
    {
        var isKept = kept.Contains(node);
        var above = isKept && parent.Ended > step.MostEnded ? default : parent;
        var (arguments, truncated, folder) = (node.Arguments, node.ArgumentsTruncated, node.CurrentDirectory);
        if (LineageCutter.TextOf(node) - node.Image.Length > step.Text)
        {
            (arguments, folder) = (LineageCutter.Within(node.Arguments, step.KeptArguments), "");
            truncated |= arguments.Count < node.Arguments.Count;
        }

        if (node is { Parent: { } former, Arguments.Count: > 0 } && ReferenceEquals(node.Arguments, former.Arguments))
        {
            (arguments, truncated) = (parent.Node.Arguments, parent.Node.ArgumentsTruncated);
        }

        var isSame = ReferenceEquals(above.Node, node.Parent);
        var isShortened = (node.Parent is not null && above.Node is null) || truncated != node.ArgumentsTruncated
            || arguments.Count < node.Arguments.Count || folder.Length < node.CurrentDirectory.Length;
        Shortened += isShortened ? 1 : 0;
        var smaller = isSame && !isShortened ? node : LineageCutter.Copy(node, above.Node, arguments, truncated, folder);
        return new Made(smaller, isKept ? 0 : parent.Ended + 1, above.Depth + 1, above.Text + LineageCutter.TextOf(smaller));
    }

    /// <summary>What may be kept.</summary>
    /// <param name="Text">Characters of arguments and working directory above which a process loses them.</param>
    /// <param name="KeptArguments">Characters of its first arguments that it keeps then.</param>
    /// <param name="MostEnded">Longest row of ended ancestors above a process in the table; a longer one is cut off.</param>
    internal readonly record struct Step(int Text, int KeptArguments, int MostEnded);

    /// <summary>What became of a process.</summary>
    /// <param name="Node">The process.</param>
    /// <param name="Ended">Ended processes in a row, from itself upwards.</param>
    /// <param name="Depth">Length of its lineage.</param>
    /// <param name="Text">Characters of its lineage.</param>
    internal readonly record struct Made(ProcessNode Node, int Ended, int Depth, int Text);
}
