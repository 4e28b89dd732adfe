namespace Cdk;

/// <summary>The values of an alert's <c>severity</c> message attribute: Sigma's levels in lower case.</summary>
public static class Severities
{
    /// <summary>All levels, least urgent first.</summary>
    public static IReadOnlyList<string> All { get; } = ["informational", "low", "medium", "high", "critical"];

    /// <summary>What is sent by e-mail unless a deployment says otherwise: what is worth an interruption.</summary>
    public static IReadOnlyList<string> Default { get; } = ["medium", "high", "critical"];
}
