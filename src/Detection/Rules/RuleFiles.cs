namespace Detection.Rules;

/// <summary>Which files hold rules. Companion tests (<c>*.tests.yml</c>) lie beside them and are none. Thread-safe.</summary>
public static class RuleFiles
{
    /// <summary>End of the name of companion tests.</summary>
    public const string TestEnding = ".tests.yml";

    /// <summary>True for the tests of a rule file.</summary>
    public static bool IsTestFile(string file) => file.EndsWith(TestEnding, StringComparison.Ordinal);

    /// <summary>True for a file of rules.</summary>
    public static bool IsRuleFile(string file) => Path.GetExtension(file) is ".yml" or ".yaml" && !IsTestFile(file);

    /// <summary>
    /// Every file in and below a folder that <paramref name="wanted"/> takes, in ordinal order of their paths: each once, whatever links
    /// there are to it or to its folder. Hidden folders below it are left out.
    /// </summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be read.</exception>
    public static IReadOnlyList<string> Find(string folder, Func<string, bool> wanted) => new FolderWalk(wanted).Files(folder);

    /// <summary>Files without those that were named before, be it in another way.</summary>
    public static IEnumerable<string> Distinct(IEnumerable<string> files) => files.DistinctBy(RealPath.Of, StringComparer.Ordinal);

    /// <summary>Reads rule files.</summary>
    /// <param name="files">Paths.</param>
    /// <param name="nameOf">The name of a path in messages.</param>
    /// <param name="unreadable">Called for every file that cannot be read.</param>
    public static IReadOnlyList<RuleSource> Read(IEnumerable<string> files, Func<string, string> nameOf, Action<string, Exception> unreadable)
    {
        var sources = new List<RuleSource>();
        foreach (var file in files)
        {
            try
            {
                sources.Add(RuleSource.Of(nameOf(file), File.ReadAllBytes(file)));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                unreadable(file, e);
            }
        }

        return sources;
    }
}
