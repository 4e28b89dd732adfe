using EdgeAgent.Probes;
using Support;

namespace EdgeAgent.Tests.Fakes;

/// <summary>A fact that makes cgroups on this machine and skips with a reason where that is not possible.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CgroupFactAttribute : FactAttribute
{
    internal static readonly string? Root = CgroupRoot.Find(File.ReadLines("/proc/self/mountinfo"));

    /// <summary>Skips where probes cannot run, and where cgroup2 is not mounted or not writable.</summary>
    public CgroupFactAttribute() => Skip = new RootFactAttribute().Skip ?? Missing();

    private static string? Missing()
    {
        if (Root is null)
        {
            return "No cgroup v2 is mounted.";
        }

        try
        {
            using var cgroup = new ScratchCgroup($"edge-agent-tests-{Guid.NewGuid():N}");
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"No cgroup can be made below {Root}: {e.Message}";
        }
    }
}
