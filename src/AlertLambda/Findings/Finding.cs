using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Wire.Model;

namespace AlertLambda.Findings;

/// <summary>What the function tells people about the pipeline itself, when it begins and when it is over. Immutable.</summary>
public sealed record Finding
{
    /// <summary>What was found.</summary>
    public required FindingKind Kind { get; init; }

    /// <summary>It is over: the second report of the same finding.</summary>
    public bool IsOver { get; init; }

    /// <summary>Where; null = no single host.</summary>
    public HostIdentity? Host { get; init; }

    /// <summary>Since when, Unix ms.</summary>
    public required long FromMs { get; init; }

    /// <summary>Until when it is known, Unix ms.</summary>
    public required long ToMs { get; init; }

    /// <summary>What is known, most useful first.</summary>
    public IReadOnlyList<FindingFact> Facts { get; init; } = [];

    /// <summary>32 hex digits: equal for both reports of one finding, whichever process makes them.</summary>
    public string Id => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"finding {Kind} {Host?.HostId} {FromMs}"))).AsSpan(0, 16));
}
