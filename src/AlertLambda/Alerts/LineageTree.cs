using Wire.Model;

namespace AlertLambda.Alerts;

/// <summary>
/// The lineages of all witnesses merged into one tree per host: from the oldest known ancestor down to those who acted. A process that
/// changed its program has one line per program.
/// </summary>
public static class LineageTree
{
    /// <summary>Oldest generations of one witness that are shown when its chain is too long.</summary>
    private const int OldestShown = 4;

    /// <summary>Youngest generations of one witness that are shown when its chain is too long.</summary>
    private const int YoungestShown = 12;

    /// <summary>The tree's lines in depth-first order, children in order of first appearance.</summary>
    /// <param name="witnesses">Events with their numbers.</param>
    public static IReadOnlyList<LineageRow> Draw(IEnumerable<(int Number, HostEvent Event)> witnesses)
    {
        ArgumentNullException.ThrowIfNull(witnesses);
        var root = new Branch(default, null, 0);
        foreach (var (number, hostEvent) in witnesses)
        {
            var branch = root.Child(new Identity(hostEvent.Host.HostId, default, "", "", null), null, 0);
            branch.Host = hostEvent.Host;
            foreach (var (process, leftOut) in Shown(hostEvent.Process))
            {
                branch = branch.Child(IdentityOf(hostEvent.Host, process), process, leftOut);
            }

            branch.Witnesses.Add(number);
        }

        var rows = new List<LineageRow>();
        foreach (var host in root.Children)
        {
            foreach (var oldest in host.Children)
            {
                Write(oldest, 0, ReferenceEquals(oldest, host.Children[0]) ? host.Host : null, rows);
            }
        }

        return rows;
    }

    private static List<(ProcessNode? Process, int LeftOut)> Shown(ProcessNode actor)
    {
        var chain = actor.Lineage().Reverse().ToList();
        var shown = new List<(ProcessNode?, int)>();
        if (chain[0].LineageTruncated)
        {
            shown.Add((null, 0));
        }

        var leftOut = chain.Count - OldestShown - YoungestShown;
        for (var i = 0; i < chain.Count; i++)
        {
            // One generation would need a line as well: leaving it out saves nothing.
            if (i == OldestShown && leftOut > 1)
            {
                shown.Add((null, leftOut));
                i += leftOut;
            }

            shown.Add((chain[i], 0));
        }

        return shown;
    }

    private static Identity IdentityOf(HostIdentity host, ProcessNode? process) => process switch
    {
        null => new Identity(host.HostId, default, "", "", null),
        { Key.IsKnown: true } => new Identity(host.BootId.ToString(), process.Key, process.Image, process.CommandLine, null),
        _ => new Identity(host.BootId.ToString(), process.Key, process.Image, process.CommandLine, process),
    };

    private static void Write(Branch branch, int depth, HostIdentity? host, List<LineageRow> rows)
    {
        rows.Add(new LineageRow(depth, branch.Process, branch.LeftOut, host, branch.Witnesses));
        foreach (var child in branch.Children)
        {
            Write(child, depth + 1, null, rows);
        }
    }

    // Nodes of a process whose key is not known are the same only when they are the same object.
    private readonly record struct Identity(string Scope, ProcessKey Key, string Image, string CommandLine, ProcessNode? Unknown);

    private sealed class Branch(Identity identity, ProcessNode? process, int leftOut)
    {
        public ProcessNode? Process => process;

        public int LeftOut => leftOut;

        public HostIdentity? Host { get; set; }

        public List<int> Witnesses { get; } = [];

        public List<Branch> Children { get; } = [];

        public Branch Child(Identity wanted, ProcessNode? childProcess, int childLeftOut)
        {
            var child = Children.Find(c => c.Is(wanted));
            if (child is null)
            {
                child = new Branch(wanted, childProcess, childLeftOut);
                Children.Add(child);
            }

            return child;
        }

        private bool Is(Identity wanted) => identity == wanted;
    }
}
