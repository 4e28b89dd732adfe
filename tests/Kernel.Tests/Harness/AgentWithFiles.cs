using System.Text.Json.Nodes;

namespace Kernel.Tests.Harness;

/// <summary>An agent that watches a folder <c>watched</c> file by file, so that tests may do to them what they like.</summary>
public sealed class AgentWithFiles : RunningAgent
{
    private static readonly string[] Names =
        ["symlink", "relative", "hardlink", "int80", "renamed", "handle", "openat2", "creat", "opath", "deleted", "plain", "absent", "moved", "replaced", "uring"];

    /// <summary>The path of a watched file.</summary>
    public string Watched(string name) => Names.Contains(name) ? Scratch.Under($"watched/{name}") : throw new ArgumentException(name);

    /// <inheritdoc/>
    protected override JsonObject Options()
    {
        foreach (var name in Names.Where(n => n != "absent"))
        {
            Scratch.Write($"watched/{name}");
        }

        return new JsonObject { ["watch.moreFiles"] = new JsonArray([.. Names.Select(n => (JsonNode)Watched(n))]) };
    }
}
