using System.Globalization;
using EdgeAgent.Intake;
using EdgeAgent.Options;

namespace EdgeAgent.Probes.Pinning;

/// <summary>What probes were made of: an agent adopts those that it would load itself, and takes over the rings of those that write as its own.</summary>
/// <param name="Object">SHA-256 of the object and of the table of functions beside it, in hexadecimal.</param>
/// <param name="Contract">Version of the records, <c>EDGE_EVENT_VERSION</c>.</param>
/// <param name="Avoided">Backends that were not to be used, divided by blanks.</param>
internal sealed record PinKey(string Object, int Contract, string Avoided)
{
    /// <summary>The key of what this agent loads with these options.</summary>
    internal static PinKey Of(AgentOptions options) =>
        new(CallFunctions.HashWith(BpfArtifact.BuiltHash ?? ""), KernelContract.Version, string.Join(' ', options.AvoidedProbes.Order(StringComparer.Ordinal)));

    /// <summary>The key's line, and the text after it.</summary>
    internal string Join(string text) => string.Create(CultureInfo.InvariantCulture, $"{Object},{Contract},{Avoided}\n{text}");

    /// <summary>Undoes <see cref="Join"/>.</summary>
    /// <exception cref="ProbeException">Something else wrote it.</exception>
    internal static (PinKey Key, string Text) Split(string account)
    {
        var end = account.IndexOf('\n', StringComparison.Ordinal);
        return end >= 0 && account[..end].Split(',') is [var hash, var contract, var avoided]
            && int.TryParse(contract, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? (new PinKey(hash, version, avoided), account[(end + 1)..])
            : throw new ProbeException("its account is not of this agent");
    }
}
