using System.Text.Json;

namespace Kernel.Tests.Harness;

/// <summary>The shipped watch lists, read from the file that ships.</summary>
internal sealed record WatchLists(IReadOnlyList<string> Files, IReadOnlyList<string> Folders)
{
    /// <summary>The lists of src/EdgeAgent/Config/defaults.json.</summary>
    internal static WatchLists Shipped { get; } = Read(Path.Combine(Repository.Root, "src", "EdgeAgent", "Config", "defaults.json"));

    private static WatchLists Read(string path)
    {
        using var document = JsonDocument.Parse(
            File.ReadAllBytes(path), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var watch = document.RootElement.GetProperty("watch");
        return new WatchLists(List("files"), List("folders"));

        string[] List(string key) => [.. watch.GetProperty(key).EnumerateArray().Select(item => item.GetString()!)];
    }
}
