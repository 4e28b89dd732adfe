namespace Kernel.Tests.Harness;

/// <summary>Starts the trigger program.</summary>
internal static class Trigger
{
    /// <summary>Does a thing and gives the truth about it.</summary>
    internal static Task<Truth> RunAsync(params IEnumerable<string> arguments) => RunInAsync([], arguments);

    /// <summary>As <see cref="RunAsync"/>, started through a program that becomes it, such as <c>ip netns exec NAME</c>.</summary>
    internal static async Task<Truth> RunInAsync(IReadOnlyList<string> wrapper, params IEnumerable<string> arguments)
    {
        string[] line = [.. wrapper, KernelRequirements.TriggerExecutable, .. arguments];
        var ran = await Command.MustRunAsync(line[0], line[1..]);
        var truth = Truth.Parse(ran.Output);
        Assert.Equal(ran.Pid, truth.Pid);
        return truth;
    }
}
