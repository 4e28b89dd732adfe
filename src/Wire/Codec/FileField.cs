namespace Wire.Codec;

/// <summary>Field ids of <see cref="Model.FileIdentity"/>. Never reuse one. All are numbers.</summary>
internal static class FileField
{
    /// <summary><see cref="Model.FileIdentity.Device"/>. Absent = 0.</summary>
    public const uint Device = 1;

    /// <summary><see cref="Model.FileIdentity.Inode"/>. Absent = 0.</summary>
    public const uint Inode = 2;

    /// <summary><see cref="Model.FileIdentity.Mode"/>. Absent = 0.</summary>
    public const uint Mode = 3;

    /// <summary><see cref="Model.FileIdentity.LinkCount"/>. Absent = 1, what nearly every file has.</summary>
    public const uint LinkCount = 4;
}
