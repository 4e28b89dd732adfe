using System.Text.Json.Nodes;

namespace Kernel.Tests.Harness;

/// <summary>An agent that watches one program of the test's own.</summary>
public sealed class AgentWithProgram : RunningAgent
{
    /// <summary>The watched program: does nothing.</summary>
    internal string Program => Scratch.Under("programs/watched");

    /// <summary>A new copy of the same program that nobody watches.</summary>
    internal string NewCopy()
    {
        var copy = Scratch.Under($"programs/{Guid.NewGuid():N}");
        File.Copy("/bin/true", copy);
        return copy;
    }

    /// <inheritdoc/>
    protected override JsonObject Options()
    {
        Directory.CreateDirectory(Scratch.Under("programs"));
        File.Copy("/bin/true", Program);
        return new JsonObject { ["watch.moreCommands"] = new JsonArray(Program) };
    }
}
