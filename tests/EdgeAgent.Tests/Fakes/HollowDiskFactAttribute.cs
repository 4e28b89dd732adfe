namespace EdgeAgent.Tests.Fakes;

/// <summary>A fact that needs a <see cref="HollowDisk"/>, and skips with a reason where there can be none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class HollowDiskFactAttribute : FactAttribute
{
    /// <summary>Skips without the right to mount or a loop device.</summary>
    public HollowDiskFactAttribute() => Skip = HollowDisk.MissingReason;
}
