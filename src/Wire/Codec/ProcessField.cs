namespace Wire.Codec;

/// <summary>Field ids of <see cref="Model.ProcessNode"/>. Never reuse one.</summary>
/// <remarks>An exec makes a node that differs little from the one before it, hence the differences and inherited values.</remarks>
internal static class ProcessField
{
    /// <summary>Signed number: pid less that of the entry before (0 before the first). Absent = 0.</summary>
    public const uint Pid = 1;

    /// <summary>Signed number: start less that of the entry before (0 before the first), modulo 2^64. Absent = 0.</summary>
    public const uint Start = 2;

    /// <summary>Number: how many entries back the parent stands, at least 1. Absent = no parent.</summary>
    public const uint Parent = 3;

    /// <summary>String reference: <see cref="Model.ProcessNode.Image"/>. Absent = the parent's; without parent empty.</summary>
    public const uint Image = 4;

    /// <summary>String reference: <see cref="Model.ProcessNode.Comm"/>. Absent = what follows the last slash of the image.</summary>
    public const uint Comm = 5;

    /// <summary>Block of string references: <see cref="Model.ProcessNode.Arguments"/>. Absent = the parent's; without parent none.</summary>
    public const uint Arguments = 6;

    /// <summary>String reference: <see cref="Model.ProcessNode.CurrentDirectory"/>. Absent = the parent's; without parent empty.</summary>
    public const uint CurrentDirectory = 7;

    /// <summary>Number: <see cref="Model.ProcessNode.Uid"/>. Absent = the parent's; without parent 0.</summary>
    public const uint Uid = 8;

    /// <summary>String reference: <see cref="Model.ProcessNode.UserName"/>. Absent = the parent's; without parent empty.</summary>
    public const uint UserName = 9;

    /// <summary>Number, a set of flags: <see cref="ArgumentsTruncated"/>, <see cref="LineageTruncated"/>. Absent = none.</summary>
    public const uint Flags = 10;

    /// <summary>Bit of <see cref="Flags"/>: <see cref="Model.ProcessNode.ArgumentsTruncated"/>.</summary>
    public const ulong ArgumentsTruncated = 1 << 0;

    /// <summary>Bit of <see cref="Flags"/>: <see cref="Model.ProcessNode.LineageTruncated"/>.</summary>
    public const ulong LineageTruncated = 1 << 1;

    /// <summary>What a name is called in its folder: the usual <see cref="Comm"/> of an image.</summary>
    public static ReadOnlySpan<char> FileName(string image) => image.AsSpan(image.LastIndexOf('/') + 1);
}
