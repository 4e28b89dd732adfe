using System.Globalization;
using System.Text.RegularExpressions;

namespace Kernel.Tests.Harness;

/// <summary>The agent's last message: what it did.</summary>
internal sealed partial record StoppedLine(long Seen, long KeptOnHost, long Lost)
{
    internal static async Task<StoppedLine> OfAsync(AgentProcess agent)
    {
        var line = await agent.Messages.WaitForAsync(m => m.StartsWith("edge-agent: stopped:", StringComparison.Ordinal), "stopped line");
        var match = Numbers().Match(line);
        Assert.True(match.Success, line);
        return new StoppedLine(Number(1), Number(2), Number(3));

        long Number(int group) => long.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("stopped: ([0-9]+) events seen, ([0-9]+) kept on the host, ([0-9]+) lost in the kernel")]
    private static partial Regex Numbers();
}
