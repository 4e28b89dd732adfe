namespace AlertLambda.Options;

/// <summary>The function cannot start as it is configured. The message holds every fault, one per line.</summary>
public sealed class InvalidOptionsException : Exception
{
    /// <summary>With all faults found.</summary>
    public InvalidOptionsException(IReadOnlyList<string> faults)
        : base($"The function cannot start:{string.Concat(faults.Select(f => $"\n  {f}"))}") => Faults = faults;

    /// <summary>Each names the setting and says what to write instead.</summary>
    public IReadOnlyList<string> Faults { get; }
}
