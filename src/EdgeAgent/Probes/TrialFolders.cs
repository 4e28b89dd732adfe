using System.Globalization;
using EdgeAgent.Interop;

namespace EdgeAgent.Probes;

/// <summary>Folders in which the agent sets probes off. Their names tell whose they are, so that what a killed agent left can be told.</summary>
internal static unsafe class TrialFolders
{
    private const string Prefix = ".edge-agent-";

    /// <summary>Where the agent may write, in memory first.</summary>
    internal static readonly IReadOnlyList<string> Places = ["/dev/shm", "/run", Path.GetTempPath()];

    /// <summary>A new name: whoever else may write there cannot have it already.</summary>
    internal static string NameIn(string place) =>
        Path.Combine(place, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-{Guid.NewGuid():N}"));

    /// <summary>Removes what agents left that are gone, where they may have been. What cannot be removed stays.</summary>
    internal static void RemoveLeft(IEnumerable<string> places)
    {
        foreach (var place in places)
        {
            try
            {
                Directory.GetFileSystemEntries(place, Prefix + "*").Where(IsLeft).ToList().ForEach(Remove);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // A place that is not there, or is closed to the agent.
            }
        }
    }

    /// <summary>Removes such a folder with the files that a trial makes in it; no other.</summary>
    internal static void Remove(string folder)
    {
        try
        {
            foreach (var file in ChangeTrial.Files)
            {
                File.Delete(Path.Combine(folder, file));
            }

            Directory.Delete(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Others see a name that means nothing.
        }
    }

    // Nobody else can put another folder in the place of one's own in these places, where only the owner may rename.
    private static bool IsLeft(string folder)
    {
        var parts = Path.GetFileName(folder)[Prefix.Length..].Split('-');
        var isRunning = parts.Length > 1 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
            && pid != Environment.ProcessId && Directory.Exists($"/proc/{pid}");
        return !isRunning && IsOwnFolder(folder);
    }

    private static bool IsOwnFolder(string path)
    {
        LibC.Statx found;
        return LibC.statx(LibC.AT_FDCWD, path, LibC.AT_SYMLINK_NOFOLLOW, LibC.STATX_BASIC_AND_BTIME, &found) == 0
            && (found.Mode & LibC.S_IFMT) == LibC.S_IFDIR && found.Uid == LibC.geteuid();
    }
}
