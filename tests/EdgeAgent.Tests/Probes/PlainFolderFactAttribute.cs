using EdgeAgent.Probes;

namespace EdgeAgent.Tests.Probes;

/// <summary>A test of folders that are not listed again; skipped where temporary ones are on a file system of which that is not known.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PlainFolderFactAttribute : FactAttribute
{
    /// <summary>Looks where temporary folders are.</summary>
    public PlainFolderFactAttribute() =>
        Skip = PlainFolders.IsOfKnownType(Path.GetTempPath()) ? null : $"{Path.GetTempPath()} is not on ext4, xfs or tmpfs: its folders are always listed.";
}
