using Detection.Rules.Parsing;
using YamlDotNet.Core;

namespace LocalPipeline.RuleTests;

/// <summary>Something in a file of companion tests is wrong.</summary>
internal sealed class RuleTestFault(Mark place, string reason) : Exception(reason)
{
    /// <summary>What the reader of rules says of the file's text.</summary>
    internal RuleTestFault(RuleFault fault)
        : this(new Mark(0, fault.Line, fault.Column), $"{fault.Message} ({fault.WayOut})")
    {
    }

    /// <summary>From 1.</summary>
    internal long Line { get; } = Math.Max(1, place.Line);

    /// <summary>From 1.</summary>
    internal long Column { get; } = Math.Max(1, place.Column);
}
