namespace LocalPipeline.Commands;

/// <summary>The command line says what does not fit together. The faults are fit for a terminal.</summary>
internal sealed class CommandLineException(IReadOnlyList<string> faults) : Exception(string.Join("; ", faults))
{
    /// <summary>Everything that does not fit.</summary>
    internal IReadOnlyList<string> Faults => faults;
}
