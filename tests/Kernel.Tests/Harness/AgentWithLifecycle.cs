using System.Text.Json.Nodes;

namespace Kernel.Tests.Harness;

/// <summary>An agent that also reports how processes come and go, and watches one file.</summary>
public sealed class AgentWithLifecycle : RunningAgent
{
    /// <summary>The watched file.</summary>
    internal string Watched => Scratch.Under("watched");

    /// <inheritdoc/>
    protected override JsonObject Options() => new()
    {
        ["watch.moreFiles"] = new JsonArray(Scratch.Write("watched")), ["forward.exec"] = "all", ["forward.lifecycle"] = true,
    };
}
