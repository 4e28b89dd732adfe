using Wire.Model;

namespace Wire.Codec;

/// <summary>A file in the way it was opened or run. Once per frame: the same few are opened in the same way again and again.</summary>
/// <param name="File">The file.</param>
/// <param name="PathFlags">What is special about the path.</param>
/// <param name="Path">Resolved path; empty for an exec, where it is the image of the process.</param>
/// <param name="OpenFlags">Open flags; null for an exec or a call.</param>
internal readonly record struct OpenedFile(FileIdentity File, PathFlags PathFlags, string Path, uint? OpenFlags)
{
    /// <summary>What the first entry of a table takes for the entry before it, and what an event without a file has.</summary>
    public static readonly OpenedFile None = new(default, PathFlags.None, "", null);

    /// <summary>Equality without a copy.</summary>
    public bool Is(in OpenedFile other) => File == other.File && OpenFlags == other.OpenFlags && PathFlags == other.PathFlags && Path == other.Path;

    /// <summary>Leaves out the path: nearly always it follows from the file, and hashing text costs more than all else here.</summary>
    public override int GetHashCode() => HashCode.Combine(File.Inode, File.Device, OpenFlags);
}
