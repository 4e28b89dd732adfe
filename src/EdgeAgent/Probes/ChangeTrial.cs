using EdgeAgent.Interop;

namespace EdgeAgent.Probes;

/// <summary>Changes a file and a folder of its own in every way, to see whether the probes are asked about each.</summary>
internal static class ChangeTrial
{
    private const uint Same = uint.MaxValue;

    /// <summary>What it makes in its folder.</summary>
    internal static readonly IReadOnlyList<string> Files = ["file", "link", "renamed"];

    /// <param name="told">How many changes of a kind by this process the probes were asked about.</param>
    /// <param name="owners">Whether they are asked about a change of the owner, too.</param>
    /// <param name="places">Where to try, in this order; null = <see cref="TrialFolders.Places"/>.</param>
    /// <returns>Fires when they were asked about all, silent when not; untested when there is no place for a file.</returns>
    internal static TrialResult Run(Func<OwnChange, ulong> told, bool owners, IReadOnlyList<string>? places = null) => (places ?? TrialFolders.Places)
        .Select(place => Run(place, told, owners))
        .FirstOrDefault(result => result != TrialResult.Untested, TrialResult.Untested);

    private static TrialResult Run(string place, Func<OwnChange, ulong> told, bool owners)
    {
        var folder = TrialFolders.NameIn(place);
        var (file, link, renamed) = (Path.Combine(folder, Files[0]), Path.Combine(folder, Files[1]), Path.Combine(folder, Files[2]));
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(file, [0]);
            var areTold = IsTold(OwnChange.Truncate, () => Done(LibC.truncate(file, 0)))
                & IsTold(OwnChange.ChangeMode, () => File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite))
                & (!owners || IsTold(OwnChange.ChangeOwner, () => Done(LibC.chown(file, Same, Same))))
                & IsTold(OwnChange.Link, () => Done(LibC.link(file, link)))
                & IsTold(OwnChange.Rename, () => File.Move(link, renamed, overwrite: true))
                & IsTold(OwnChange.Symlink, () => File.CreateSymbolicLink(link, file))
                & IsTold(OwnChange.Unlink, () => File.Delete(link));
            File.Delete(file);
            File.Delete(renamed);
            return areTold & IsTold(OwnChange.RemoveFolder, () => Directory.Delete(folder)) ? TrialResult.Fires : TrialResult.Silent;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            TrialFolders.Remove(folder);
            return TrialResult.Untested;
        }

        bool IsTold(OwnChange change, Action make)
        {
            var before = told(change);
            make();
            return told(change) > before;
        }
    }

    /// <exception cref="IOException">The call failed.</exception>
    private static void Done(int result)
    {
        if (result != 0)
        {
            throw new IOException($"a change of a file of the agent's own failed (errno {System.Runtime.InteropServices.Marshal.GetLastPInvokeError()})");
        }
    }
}
