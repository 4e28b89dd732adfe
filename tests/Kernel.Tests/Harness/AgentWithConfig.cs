using System.Text.Json.Nodes;

namespace Kernel.Tests.Harness;

/// <summary>An agent that watches what a rule file names.</summary>
public sealed class AgentWithConfig : RunningAgent
{
    private const string RuleFile = "rules/watch.yml";

    /// <summary>Names other files in the rule.</summary>
    public void Watch(params string[] paths) => Scratch.Write(RuleFile, Rule(paths));

    /// <summary>Asks the agent to read its options anew, and waits until it says that it did.</summary>
    public async Task ReadAnewAsync()
    {
        var before = Count();
        Signals.Send(Agent.Pid, Signals.HangUp);
        await Agent.Messages.WaitForAsync(_ => Count() > before, "message that options were read anew");
    }

    /// <inheritdoc/>
    protected override JsonObject Options()
    {
        Watch(Scratch.Under("none"));
        return new JsonObject { ["watch.rules"] = new JsonArray(Scratch.Under("rules")) };
    }

    private static string Rule(string[] paths) =>
        "title: watched by the test\nlogsource: { product: linux, category: file_access }\n"
        + $"detection:\n  s:\n    TargetFilename: [{string.Join(", ", paths)}]\n  condition: s\n";

    private int Count() => Agent.Messages.All.Count(m => m.EndsWith("options were read anew", StringComparison.Ordinal));
}
