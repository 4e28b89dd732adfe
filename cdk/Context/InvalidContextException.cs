using System.Text;

namespace Cdk.Context;

/// <summary>The settings of a deployment cannot be used. The message lists every fault, one per line.</summary>
public sealed class InvalidContextException : Exception
{
    /// <summary>Takes all faults that were found.</summary>
    public InvalidContextException(IReadOnlyList<ContextFault> faults)
        : base(Describe(faults)) => Faults = faults;

    /// <summary>All faults, in the order of the keys.</summary>
    public IReadOnlyList<ContextFault> Faults { get; }

    private static string Describe(IReadOnlyList<ContextFault> faults)
    {
        var text = new StringBuilder("Nothing was synthesised. Faults in the settings ")
            .Append("(-c key=value, \"context\" in cdk/cdk.json, or cdk/pipeline.json): ").Append(faults.Count);
        foreach (var fault in faults)
        {
            text.Append("\n  ").Append(fault.Origin).Append(": ").Append(fault.Key).Append(": ").Append(fault.Problem).Append(' ').Append(fault.Remedy);
        }

        return text.ToString();
    }
}
