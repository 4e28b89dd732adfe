namespace EdgeAgent.Probes;

/// <summary>Makes and renames a folder, to see whether the probes for that run.</summary>
internal static class FolderTrial
{
    /// <param name="told">How many folders of this process the probes have told of.</param>
    /// <returns>Whether they told of both; null when there is no place for a folder.</returns>
    internal static bool? Run(Func<ulong> told) => TrialFolders.Places.Select(place => Run(place, told)).FirstOrDefault(result => result is not null);

    private static bool? Run(string place, Func<ulong> told)
    {
        var name = TrialFolders.NameIn(place);
        try
        {
            var before = told();
            Directory.CreateDirectory(name);
            var made = told();
            Directory.Move(name, name += "-renamed");
            var renamed = told();
            Directory.Delete(name);
            return made > before && renamed > made;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
