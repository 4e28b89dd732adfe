namespace EdgeAgent.Enrichment;

/// <summary>
/// Where a name leads that a process asked with, as well as that can be told after the call: through the process's own root, or ours when
/// it is gone, and only by what the kernel has in its cache of names, so that no file system can keep the agent waiting. Thread-safe.
/// </summary>
/// <param name="proc">/proc, or a copy of it in tests.</param>
internal sealed class AskedNames(string proc)
{
    /// <summary>The path; where the name is not found any more, what it says itself, without <c>.</c>, <c>..</c> and empty parts.</summary>
    /// <param name="pid">Process, in the initial pid namespace.</param>
    /// <param name="folder">
    /// Path that a name without a leading '/' is relative to, from the root of the process's mount namespace; empty when that is not known.
    /// </param>
    /// <param name="name">The name.</param>
    /// <param name="follow">The last part is followed if it is a link; else only its folder is looked up.</param>
    internal string PathOf(uint pid, string folder, string name, bool follow)
    {
        if (name.Length == 0)
        {
            return folder;
        }

        // What the process sees as its root begins here, as the kernel shows paths.
        var root = ProcLinks.Read($"{proc}/{pid}/root") is { } shown and not "/" ? shown : "";
        var isInside = name[0] == '/' || root.Length == 0 || folder == root || folder.StartsWith($"{root}/", StringComparison.Ordinal);
        var asked = name[0] == '/' ? name : $"{(isInside ? folder[Math.Min(root.Length, folder.Length)..] : folder)}/{name}";
        asked = new ProcLinks(proc, pid).Follow(asked);
        var plain = PlainPath.Of(isInside ? $"{root}/{asked}" : asked);
        if (!isInside)
        {
            return plain;
        }

        if (follow && Find(pid, asked) is { } real)
        {
            return real;
        }

        var (above, last) = PlainPath.Split(asked);
        return last.Length > 0 && Find(pid, above) is { } there ? $"{(there == "/" ? "" : there)}/{last}" : plain;
    }

    private string? Find(uint pid, string path)
    {
        using var lookup = CachedLookup.In($"{proc}/{pid}/root") ?? CachedLookup.In($"{proc}/self/root");
        return lookup?.Find(path);
    }
}
