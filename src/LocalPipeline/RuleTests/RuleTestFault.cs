using YamlDotNet.Core;

namespace LocalPipeline.RuleTests;

/// <summary>Something in a file of companion tests is wrong.</summary>
internal sealed class RuleTestFault(Mark place, string reason) : Exception(reason)
{
    /// <summary>From 1.</summary>
    internal long Line { get; } = Math.Max(1, place.Line);

    /// <summary>From 1.</summary>
    internal long Column { get; } = Math.Max(1, place.Column);
}
