namespace Kernel.Tests.Harness;

/// <summary>The kernel's own check of changes of names and files, which not every kernel lets the agent listen to.</summary>
internal static class ChangeCheck
{
    /// <summary>Whether the agent is asked by it.</summary>
    internal static async Task<bool> IsAskedAsync(AgentProcess agent)
    {
        var row = (await agent.StatusAsync()).Output.Split('\n').First(line => line.StartsWith("calls ", StringComparison.Ordinal));
        return row.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1] is "lsm" or "fentry" or "fentry-no-owner";
    }
}
