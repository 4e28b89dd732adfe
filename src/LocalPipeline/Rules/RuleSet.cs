using AlertLambda.Options;
using Detection.Findings;
using Detection.Rules;
using Detection.Tuning;
using EdgeAgent.Interop;
using Wire.Text;

namespace LocalPipeline.Rules;

/// <summary>Rules from files and folders, with what people call them. Immutable and thread-safe.</summary>
internal sealed class RuleSet
{
    private RuleSet(IReadOnlyList<RuleSource> sources, IReadOnlyList<string> origins, IReadOnlyList<string> emptyFolders, TuningPlan? tuning)
    {
        Origins = origins;
        EmptyFolders = emptyFolders;
        Sources = sources;
        Pack = RuleLoader.Load(sources, tuning);
    }

    /// <summary>What was loaded, and what was refused.</summary>
    internal RulePack Pack { get; }

    /// <summary>The files.</summary>
    internal IReadOnlyList<RuleSource> Sources { get; }

    /// <summary>The paths that were asked for; empty for rules from texts.</summary>
    internal IReadOnlyList<string> Origins { get; }

    /// <summary>Those of <see cref="Origins"/> that are folders without any rule file.</summary>
    internal IReadOnlyList<string> EmptyFolders { get; }

    /// <summary>How many were loaded, from where, and how many were refused; fit for a terminal.</summary>
    internal string Summary => $"{Pack.Rules.Count} rules and {Pack.Correlations.Count} correlations loaded from {Sources.Count} files"
        + (Origins.Count == 0 ? "" : $" in {SafeText.Escape(string.Join(", ", Origins))}") + $", {Pack.Refused.Count} refused";

    /// <summary>All rules, single ones first, each kind in the order of the pack.</summary>
    internal IEnumerable<Rule> All => Pack.Rules.Concat<Rule>(Pack.Correlations);

    /// <summary>
    /// Loads files, and all rule files in and below folders, each once whatever links there are to it. Of companion tests the rules that
    /// they belong to; those that belong to no file try rules that other paths name.
    /// </summary>
    /// <param name="paths">The files and folders.</param>
    /// <param name="argument">What of the command line names them.</param>
    /// <param name="tuning">What is changed about the rules; null = nothing.</param>
    /// <exception cref="InvalidOptionsException">A path does not exist or cannot be read.</exception>
    internal static RuleSet Load(IReadOnlyList<string> paths, string argument = "PATH", TuningPlan? tuning = null)
    {
        var faults = new List<string>();
        var files = new List<string>();
        var emptyFolders = new List<string>();
        var alone = new List<string>();
        foreach (var path in paths)
        {
            try
            {
                ArgumentException.ThrowIfNullOrEmpty(path);
                if (Directory.Exists(path))
                {
                    AddFolder(path);
                }
                else if (RuleFiles.IsTestFile(path) && File.Exists(path))
                {
                    (File.Exists(RuleFileOf(path)) ? files : alone).Add(RuleFileOf(path));
                }
                else
                {
                    files.Add(path);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
            {
                Unreadable(path, e);
            }
        }

        if (files.Count == 0)
        {
            alone.ForEach(beside => Unusable(beside, "does not exist, and companion tests alone are no rules"));
        }

        var sources = RuleFiles.Read(RuleFiles.Distinct(files), file => file, Unreadable);
        return faults.Count == 0 ? new RuleSet(sources, paths, emptyFolders, tuning) : throw new InvalidOptionsException(faults);

        void AddFolder(string path)
        {
            var found = RuleFiles.Find(path, RuleFiles.IsRuleFile);
            files.AddRange(found.Where(FileKind.IsRegularOrMissing));
            found.Where(file => !FileKind.IsRegularOrMissing(file)).ToList().ForEach(file => Unusable(file, "is no regular file"));
            emptyFolders.AddRange(found.Count == 0 ? [path] : []);
        }

        void Unreadable(string path, Exception e) => Unusable(path, FileFault.Reading(path, e));

        void Unusable(string path, string reason) => faults.Add(
            $"{(path.Length == 0 ? "''" : SafeText.Escape(path))}: {reason}; {argument} takes rule files (*.yml, *.yaml), or folders of them");
    }

    /// <summary>Rules from texts.</summary>
    internal static RuleSet Of(params IReadOnlyList<RuleSource> sources) => new(sources, [], [], null);

    /// <summary>The rule file that companion tests belong to; its other ending when only that exists.</summary>
    internal static string RuleFileOf(string testFile)
    {
        var stem = testFile[..^RuleFiles.TestEnding.Length];
        return !File.Exists(stem + ".yml") && File.Exists(stem + ".yaml") ? stem + ".yaml" : stem + ".yml";
    }

    /// <summary>The rules of that id, name or title; ids and names first.</summary>
    internal IReadOnlyList<Rule> Find(string reference)
    {
        Rule[] found = [.. All.Where(rule => rule.Info.Id == reference || rule.Info.Name == reference)];
        return found.Length > 0 ? found : [.. All.Where(rule => rule.Info.Title == reference)];
    }
}
