using EdgeAgent.Intake;

namespace EdgeAgent.Probes;

/// <summary>A path to watch, after wildcards and folders were expanded.</summary>
/// <param name="Path">Absolute path; the file need not exist.</param>
/// <param name="Watch">What is watched.</param>
/// <param name="IsBelow">True for what is watched only because a folder above it is.</param>
internal readonly record struct WatchTarget(string Path, EdgeWatch Watch, bool IsBelow = false)
{
    /// <summary>The folder that holds the name.</summary>
    internal string Folder => System.IO.Path.GetDirectoryName(Path) ?? "/";

    /// <summary>The name in its folder.</summary>
    internal string Name => System.IO.Path.GetFileName(Path);
}
