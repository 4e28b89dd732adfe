namespace EdgeAgent.Probes;

/// <summary>What is in a folder.</summary>
/// <param name="Folders">Paths of the folders, without links.</param>
/// <param name="Files">Paths of all else, without links to folders; beyond <see cref="WatchScanner.MaxFiles"/> only those with other names.</param>
/// <param name="FileCount">How many of these there are.</param>
/// <param name="IsWhole">False when there may be more.</param>
/// <param name="IsThere">False when there is no such folder.</param>
internal sealed record FolderEntries(IReadOnlyList<string> Folders, IReadOnlyList<string> Files, int FileCount, bool IsWhole, bool IsThere)
{
    /// <summary>Of a folder that does not exist.</summary>
    internal static readonly FolderEntries None = new([], [], 0, IsWhole: true, IsThere: false);
}
