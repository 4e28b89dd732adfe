namespace Wire.Codec;

/// <summary>Field ids of a file as it was opened or run. Never reuse one. All are numbers.</summary>
/// <remarks>"As before" is the value of the entry before; before the first entry 0.</remarks>
internal static class FileField
{
    /// <summary><see cref="Model.FileIdentity.Device"/>. Absent = as before.</summary>
    public const uint Device = 1;

    /// <summary>Signed: <see cref="Model.FileIdentity.Inode"/> less that of the entry before, modulo 2^64. Absent = 0.</summary>
    public const uint Inode = 2;

    /// <summary><see cref="Model.FileIdentity.Mode"/>. Absent = as before.</summary>
    public const uint Mode = 3;

    /// <summary><see cref="Model.FileIdentity.LinkCount"/>. Absent = 1, what nearly every file has.</summary>
    public const uint LinkCount = 4;

    /// <summary><see cref="Model.FileOpenEvent.PathFlags"/> and those of an exec or a call. Absent = none.</summary>
    public const uint PathFlags = 5;

    /// <summary>String reference: <see cref="Model.FileOpenEvent.Path"/> or <see cref="Model.CallEvent.Path"/>; for an exec empty. Absent = empty.</summary>
    public const uint Path = 6;

    /// <summary><see cref="Model.FileOpenEvent.OpenFlags"/>. Absent = as before; an exec or a call has none and leaves them as before.</summary>
    public const uint OpenFlags = 7;
}
