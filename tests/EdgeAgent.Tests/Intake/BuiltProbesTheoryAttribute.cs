using Support;

namespace EdgeAgent.Tests.Intake;

/// <summary>A theory about the built probes; skips with a reason where there is no clang and so nothing was built.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BuiltProbesTheoryAttribute : TheoryAttribute
{
    public BuiltProbesTheoryAttribute() =>
        Skip = Directory.Exists(Path.Combine(Repository.Root, "artifacts", "bpf")) ? null : "The probes are not built: run make bpf.";
}
