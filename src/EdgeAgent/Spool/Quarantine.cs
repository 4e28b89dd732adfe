using System.Globalization;

namespace EdgeAgent.Spool;

/// <summary>Keeps damaged bytes aside, for a person to look at: one file each, named by where they stood, at most 4 MiB in all.</summary>
internal sealed class Quarantine(string folder)
{
    private const long MaxBytes = 4 * 1024 * 1024;
    private const string Ending = ".damaged";

    /// <summary>Keeps them.</summary>
    /// <returns>True when they were not known before.</returns>
    /// <exception cref="IOException">They cannot be kept.</exception>
    internal bool Keep(Segment segment, Damage damage)
    {
        var name = Path.GetFileNameWithoutExtension(segment.Path);
        var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{name}-{damage.Offset}{Ending}"));
        if (File.Exists(path))
        {
            return false;
        }

        var room = MaxBytes - new DirectoryInfo(folder).EnumerateFiles("*" + Ending).Sum(file => file.Length);
        var bytes = new byte[Math.Max(0, Math.Min(room, damage.Length))];
        segment.Read(damage.Offset, bytes);
        using var handle = SpoolFiles.Open(path, FileMode.CreateNew, FileAccess.Write);
        RandomAccess.Write(handle, bytes, 0);
        return true;
    }
}
