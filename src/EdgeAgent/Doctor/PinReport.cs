using EdgeAgent.Interop;
using EdgeAgent.Options;
using EdgeAgent.Probes.Pinning;

namespace EdgeAgent.Doctor;

/// <summary>What one start of an agent left pinned.</summary>
/// <param name="Folder">Where.</param>
/// <param name="State">What the next agent does with it, in words.</param>
/// <param name="Maps">Number of maps.</param>
/// <param name="Programs">Number of programs.</param>
/// <param name="Links">Number of links; each attaches a program.</param>
internal sealed record PinReport(string Folder, string State, int Maps, int Programs, int Links)
{
    /// <summary>All that is pinned in the folder of these options.</summary>
    internal static IReadOnlyList<PinReport> Make(AgentOptions options)
    {
        if (options.PinFolder is not { } path)
        {
            return [];
        }

        var inUse = PinFolder.IsInUse(path);
        return [.. PinFolder.StartsIn(path).Select(folder => Of(folder, PinKey.Of(options), inUse))];
    }

    private static PinReport Of(string folder, PinKey own, bool inUse)
    {
        if (PinnedProbes.Open(folder, out var why) is not { } pinned)
        {
            return new PinReport(folder, inUse ? $"not whole (yet): {why}" : $"of no use, removed by the next agent: {why}", 0, 0, 0);
        }

        foreach (var fd in pinned.Handles.Descriptors)
        {
            _ = LibC.close(fd);
        }

        var state = inUse ? "in use by a running agent"
            : pinned.Key == own ? "adopted by the next agent"
            : pinned.Key.Contract == own.Contract ? "replaced by the next agent, which takes over its rings"
            : "replaced by the next agent, which cannot read its records";
        return new PinReport(folder, state, pinned.Handles.Maps.Count, pinned.Handles.Programs.Count, pinned.Handles.Links.Count);
    }
}
