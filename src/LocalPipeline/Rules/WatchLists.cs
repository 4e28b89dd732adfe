using System.IO.Enumeration;
using System.Net;
using Detection.Matching;
using EdgeAgent.Options;

namespace LocalPipeline.Rules;

/// <summary>What an agent of these options would see and mark, told by names alone: no file system is asked. Thread-safe.</summary>
internal sealed class WatchLists(AgentOptions options)
{
    private readonly PathGlob[] _globs =
    [
        .. options.WatchFiles.Concat(options.WatchFolders).Select(path => new PathGlob(path, below: false)),
        .. options.WatchFolders.Select(path => new PathGlob(path, below: true)),
    ];

    /// <summary>True when an open of the file is reported: it is listed, or lies in or below a listed folder.</summary>
    internal bool IsWatchedFile(string path) =>
        options.WatchFiles.Any(pattern => Fits(pattern, path, orBelow: false))
        || options.WatchFolders.Any(pattern => Fits(pattern, path, orBelow: true));

    /// <summary>True when an execution of the program is marked as sensitive.</summary>
    internal bool IsWatchedCommand(string path) => options.WatchCommands.Any(pattern => Fits(pattern, path, orBelow: false));

    /// <summary>True when traffic to the address is reported.</summary>
    internal bool IsExternal(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return !options.ExcludedNetworks.Any(network => network.Contains(plain));
    }

    /// <summary>True when some file that fits a rule's text is reported. It is not asked which files exist.</summary>
    internal bool CanBeWatched(StringPattern text) => _globs.Any(glob => glob.Meets(text));

    // A part with * is a pattern of one name, as for the agent's scanner; every other part is a name.
    private static bool Fits(string pattern, string path, bool orBelow)
    {
        var wanted = pattern.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return path.StartsWith('/')
            && (orBelow ? parts.Length >= wanted.Length : parts.Length == wanted.Length)
            && wanted.Zip(parts).All(pair => pair.First.Contains('*', StringComparison.Ordinal)
                ? FileSystemName.MatchesSimpleExpression(pair.First, pair.Second, ignoreCase: false)
                : pair.First == pair.Second);
    }
}
