namespace EdgeAgent.Options;

/// <summary>One thing that is wrong with the configuration.</summary>
/// <param name="Source">File, environment variable or command-line option.</param>
/// <param name="Key">Key, as it is written there.</param>
/// <param name="Problem">What is wrong and what to write instead.</param>
public sealed record OptionFault(string Source, string Key, string Problem)
{
    /// <inheritdoc/>
    public override string ToString() => Key.Length == 0 ? $"{Source}: {Problem}" : $"{Source}: {Key}: {Problem}";
}
