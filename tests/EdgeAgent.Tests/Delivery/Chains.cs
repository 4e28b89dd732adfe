using EdgeAgent.Batching;
using Wire.Chain;

namespace EdgeAgent.Tests.Delivery;

/// <summary>What tests of chains ask of frames.</summary>
internal static class Chains
{
    internal static Guid BootNumber(int n) => new(n, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]);

    /// <summary>Where a receiver finds each in the chain of its boot.</summary>
    internal static IEnumerable<ChainPlace> Places(IEnumerable<Batch> received)
    {
        var check = new ChainCheck();
        return [.. received.Select(b => check.Add(b.Bytes.Span, b.Decode()))];
    }
}
