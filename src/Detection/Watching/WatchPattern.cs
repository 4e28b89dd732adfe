using System.Text;
using Detection.Matching;

namespace Detection.Watching;

/// <summary>A text of a rule as a path of a watch list: absolute, with <c>*</c> for any run within one part of it. Immutable.</summary>
/// <param name="Path">The path.</param>
/// <param name="IsFolder">All that lies below is meant.</param>
public sealed record WatchPattern(string Path, bool IsFolder)
{
    // Of the root, and of the folders in it, everything would be watched.
    private const int LeastParts = 2;

    /// <summary>What a sensor must watch to see all that fits a text; null where it would have to watch everything.</summary>
    internal static WatchPattern? Of(StringPattern text)
    {
        var path = new StringBuilder();
        var tokens = text.Tokens;
        for (var i = 0; i < tokens.Length; i++)
        {
            if (path.Length > 0 && tokens[i].Kind == PatternTokenKind.AnyRun && i == tokens.Length - 1)
            {
                // Behind a slash: a folder. Behind anything else: names that begin so, and what is below them.
                return Checked(path[^1] == '/' ? path.ToString().TrimEnd('/') : $"{path}*", isFolder: true);
            }

            path.Append(tokens[i].Kind == PatternTokenKind.Literal ? tokens[i].Value : '*');
            if (path[0] != '/')
            {
                return null;
            }
        }

        return Checked(path.ToString(), isFolder: false);
    }

    private static WatchPattern? Checked(string path, bool isFolder)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var known = parts.TakeWhile(part => !part.Contains('*', StringComparison.Ordinal)).Count();
        return path.StartsWith('/') && known > 0 && parts.Length >= LeastParts && !parts.Contains("..") && !path.Contains('\0', StringComparison.Ordinal)
            ? new WatchPattern(path, isFolder)
            : null;
    }
}
