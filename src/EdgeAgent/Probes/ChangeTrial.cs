using EdgeAgent.Interop;

namespace EdgeAgent.Probes;

/// <summary>Changes a file and a folder of its own in every way, to see whether the probes are asked about each.</summary>
internal static class ChangeTrial
{
    private const uint Same = uint.MaxValue;

    /// <summary>Where the agent may write, in memory first.</summary>
    private static readonly string[] Places = ["/dev/shm", "/run", Path.GetTempPath()];

    /// <param name="told">How many changes by this process the probes were asked about.</param>
    /// <param name="owners">Whether they are asked about a change of the owner, too.</param>
    /// <returns>Whether they were asked about all; null when there is no place for a file.</returns>
    internal static bool? Run(Func<ulong> told, bool owners) => Places.Select(place => Run(place, told, owners)).FirstOrDefault(result => result is not null);

    private static bool? Run(string place, Func<ulong> told, bool owners)
    {
        // Whoever else may write there cannot have it already.
        var folder = Path.Combine(place, $".edge-agent-{Guid.NewGuid():N}");
        var (file, link, renamed) = (Path.Combine(folder, "file"), Path.Combine(folder, "link"), Path.Combine(folder, "renamed"));
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(file, [0]);
            return IsTold(told, () => Done(LibC.truncate(file, 0)))
                & IsTold(told, () => File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite))
                & (!owners || IsTold(told, () => Done(LibC.chown(file, Same, Same))))
                & IsTold(told, () => Done(LibC.link(file, link)))
                & IsTold(told, () => File.Move(link, renamed, overwrite: true))
                & IsTold(told, () => File.CreateSymbolicLink(link, file))
                & IsTold(told, () => File.Delete(link))
                & IsTold(told, () => DeleteAll(file, renamed))
                & IsTold(told, () => Directory.Delete(folder));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool IsTold(Func<ulong> told, Action change)
    {
        var before = told();
        change();
        return told() > before;
    }

    /// <exception cref="IOException">The call failed.</exception>
    private static void Done(int result)
    {
        if (result != 0)
        {
            throw new IOException($"a change of a file of the agent's own failed (errno {System.Runtime.InteropServices.Marshal.GetLastPInvokeError()})");
        }
    }

    private static void DeleteAll(params string[] files) => Array.ForEach(files, File.Delete);
}
