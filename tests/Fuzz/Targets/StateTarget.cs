using Detection;
using Detection.Rules;
using Detection.State;

namespace Fuzz.Targets;

/// <summary>
/// Damaged bodies of stored items, sealed anew, so that the decoder has to find out; what it takes goes on with events. The first byte says of what
/// the item is.
/// </summary>
internal sealed class StateTarget : FuzzTarget
{
    private const int Events = 12;
    private const string Rule = "across";

    private static readonly RulePack Pack = RuleLoaderTarget.Load(Corpora.Correlations + AcrossHosts);

    private static readonly byte[][] Corpus = [.. Enumerable.Range(0, 8).SelectMany(Bodies)];

    // With all that such a correlation keeps: losses of hosts, and a part of it that is within a host and waits.
    private const string AcrossHosts = """

        ---
        title: few
        name: few
        correlation: { type: event_count, rules: [b], timespan: 5s, group-by: [process], condition: { lte: 2 } }
        ---
        title: across
        correlation: { type: temporal, rules: [few, a], timespan: 30s, condition: few and not a }
        """;

    public override string Name => "states";

    public override byte[] Make(Random random) => ByteMutator.Mutate(Corpus, random, 1);

    public override void Run(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
        {
            return;
        }

        var content = input[0] % 2 == 0 ? ItemContent.Host : ItemContent.Shared;
        var item = StateSeal.Close(content, input[1..]);
        var engine = new DetectionEngine(Pack);
        var host = RandomEvents.Make(1, new Random(1))[0].Host.HostId;
        string? fault;
        if (!(content == ItemContent.Host ? engine.TryLoadHost(host, item, out fault) : engine.TryLoadShared(Rule, item, out fault)))
        {
            if (fault!.Length == 0)
            {
                throw new InvalidDataException("a refusal without a reason");
            }

            return;
        }

        foreach (var e in RandomEvents.Make(Events, new Random(input.Length)))
        {
            _ = engine.Evaluate(e);
        }

        _ = Packs.Resume(engine, Pack).Complete();
        _ = engine.Complete();
    }

    private static IEnumerable<byte[]> Bodies(int seed)
    {
        var engine = new DetectionEngine(Pack);
        foreach (var e in RandomEvents.Make(4 << seed, new Random(seed)))
        {
            _ = engine.Evaluate(e);
        }

        var host = RandomEvents.Make(1, new Random(1))[0].Host.HostId;
        if (engine.KnowsHost(host))
        {
            yield return [0, .. StateSeal.BodyOf(engine.EncodeHost(host))];
        }

        yield return [1, .. StateSeal.BodyOf(engine.EncodeShared(Rule))];
    }
}
