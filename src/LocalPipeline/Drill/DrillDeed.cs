using System.Globalization;

namespace LocalPipeline.Drill;

/// <summary>One thing that the drill did.</summary>
/// <param name="RuleId">The rule that it sets off.</param>
/// <param name="Began">When, on this machine's clock.</param>
/// <param name="Text">What it was.</param>
internal sealed record DrillDeed(string RuleId, DateTimeOffset Began, string Text)
{
    /// <summary>Reads a line of drill.sh.</summary>
    /// <exception cref="FormatException">It is not one.</exception>
    internal static DrillDeed Read(string line) => line.Split('\t') is [var rule, var time, var text]
        ? new DrillDeed(rule, DateTimeOffset.UnixEpoch.AddTicks(long.Parse(time, CultureInfo.InvariantCulture) / 100), text)
        : throw new FormatException($"drill.sh printed '{line}'");
}
