namespace EdgeAgent.Tests.Fakes;

/// <summary>A fact that needs a <see cref="SmallDisk"/>, and skips with a reason where there can be none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SmallDiskFactAttribute : FactAttribute
{
    /// <summary>Skips without the right to mount.</summary>
    public SmallDiskFactAttribute() => Skip = SmallDisk.MissingReason;
}
