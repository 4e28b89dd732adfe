namespace LocalPipeline.DeployCheck;

/// <summary>A file is no template that can be explained.</summary>
/// <param name="faults">Everything that is wrong with it, fit for a terminal.</param>
internal sealed class TemplateException(IReadOnlyList<string> faults) : Exception(string.Join('\n', faults))
{
    /// <summary>Everything that is wrong with it.</summary>
    internal IReadOnlyList<string> Faults { get; } = faults;
}
