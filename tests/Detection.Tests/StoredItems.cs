using Detection.Rules;

namespace Detection.Tests;

/// <summary>All that an engine remembers, as the items that a store would hold.</summary>
internal sealed record StoredItems(IReadOnlyDictionary<string, byte[]> Hosts, IReadOnlyDictionary<string, byte[]> Shared)
{
    public static StoredItems Of(DetectionEngine engine) => new(
        engine.Hosts.ToDictionary(host => host, engine.EncodeHost), engine.SharedRules.ToDictionary(rule => rule, engine.EncodeShared));

    /// <summary>An engine that goes on from there; of correlations that its rules do not have nothing is taken up.</summary>
    public DetectionEngine Resume(RulePack pack, DetectionLimits? limits = null)
    {
        var engine = new DetectionEngine(pack, limits);
        foreach (var rule in engine.SharedRules.Where(Shared.ContainsKey))
        {
            Assert.True(engine.TryLoadShared(rule, Shared[rule], out var fault), fault);
        }

        foreach (var (host, state) in Hosts)
        {
            Assert.True(engine.TryLoadHost(host, state, out var fault), fault);
        }

        return engine;
    }
}
