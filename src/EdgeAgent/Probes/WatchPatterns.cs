using System.IO.Enumeration;
using EdgeAgent.Options;

namespace EdgeAgent.Probes;

/// <summary>The configured watch lists as texts: tells of a path whether they mean it, whether or not anything is there. Immutable.</summary>
/// <param name="options">Where the lists are from.</param>
internal sealed class WatchPatterns(AgentOptions options)
{
    private readonly string[][] _names = [.. options.WatchFiles.Concat(options.WatchCommands).Select(Parts)];
    private readonly string[][] _folders = [.. options.WatchFolders.Select(Parts)];

    /// <summary>The lists' options.</summary>
    internal AgentOptions Options => options;

    /// <summary>True when a list names the path, or a folder that it is in.</summary>
    /// <param name="path">Absolute path without links, as the lists name it.</param>
    internal bool Mean(string path)
    {
        var parts = Parts(path);
        return _names.Any(pattern => pattern.Length == parts.Length && Fit(pattern, parts)) || _folders.Any(pattern => pattern.Length <= parts.Length && Fit(pattern, parts));
    }

    private static bool Fit(string[] pattern, string[] parts)
    {
        for (var i = 0; i < pattern.Length; i++)
        {
            if (!FileSystemName.MatchesSimpleExpression(pattern[i].Replace("\\", "\\\\", StringComparison.Ordinal), parts[i], ignoreCase: false))
            {
                return false;
            }
        }

        return true;
    }

    private static string[] Parts(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries);
}
