using Detection.Rules;
using Detection.Watching;
using EdgeAgent.Interop;
using Wire.Text;

namespace EdgeAgent.Options;

/// <summary>Adds to the watch lists what rules over files need. The rules themselves are evaluated elsewhere.</summary>
internal static class OptionRules
{
    /// <summary>The options with the rules' files and folders.</summary>
    /// <exception cref="FormatException">A path does not exist or cannot be read.</exception>
    internal static AgentOptions Apply(AgentOptions options, OptionValue value) => Apply(options, OptionForms.Files(value));

    /// <inheritdoc cref="Apply(AgentOptions, OptionValue)"/>
    internal static AgentOptions Apply(AgentOptions options, IReadOnlyList<string> paths)
    {
        var files = new List<string>();
        var faults = new List<string>();
        foreach (var path in paths)
        {
            try
            {
                var found = Directory.Exists(path) ? RuleFiles.Find(path, RuleFiles.IsRuleFile) : [path];
                files.AddRange(found.Where(FileKind.IsRegularOrMissing));
                faults.AddRange(found.Where(file => !FileKind.IsRegularOrMissing(file)).Select(file => $"{SafeText.Escape(file)}: is no regular file"));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                faults.Add($"{SafeText.Escape(path)}: {FileFault.Reading(path, e)}");
            }
        }

        var sources = RuleFiles.Read(RuleFiles.Distinct(files), file => file, (file, e) => faults.Add($"{SafeText.Escape(file)}: {FileFault.Reading(file, e)}"));
        if (faults.Count > 0)
        {
            throw new FormatException($"{string.Join("; ", faults)}; write rule files (*.yml, *.yaml), or folders of them");
        }

        var pack = RuleLoader.Load(sources);
        var watch = RuleWatch.Of(pack);
        return options with
        {
            WatchRules = paths,
            WatchFiles = [.. options.WatchFiles.Union(watch.Patterns.Where(p => !p.IsFolder).Select(p => p.Path))],
            WatchFolders = [.. options.WatchFolders.Union(watch.Patterns.Where(p => p.IsFolder).Select(p => p.Path))],
            Sources = [.. options.Sources, .. paths, .. files],
            Remarks = [.. options.Remarks, .. RemarksOf(pack, watch)],
        };
    }

    private static IEnumerable<string> RemarksOf(RulePack pack, RuleWatch watch)
    {
        yield return $"watch.rules: {pack.Rules.Count} rules name {watch.Patterns.Count} files and folders to watch";
        if (pack.Refused.Count > 0)
        {
            yield return $"watch.rules: {pack.Refused.Count} rules were refused, for example {SafeText.Escape(pack.Refused[0].ToString())}";
        }

        if (watch.Unplaced.Count > 0)
        {
            yield return "watch.rules: these rules name files that nobody can watch for (by their end or middle, or all of a file system), so only "
                + $"files on other lists can make them match: {SafeText.Escape(string.Join("; ", watch.Unplaced))}";
        }
    }
}
