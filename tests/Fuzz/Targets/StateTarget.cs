using System.Security.Cryptography;
using Detection;
using Detection.Rules;
using Detection.State;

namespace Fuzz.Targets;

/// <summary>Damaged states whose digest is right, so that the decoder has to find out; what it takes goes on with events.</summary>
internal sealed class StateTarget : FuzzTarget
{
    private const int Events = 12;

    private static readonly RulePack Pack = RuleLoaderTarget.Load(Corpora.Correlations);

    private static readonly byte[][] Corpus = [.. Enumerable.Range(0, 8).Select(Encoded)];

    public override string Name => "states";

    public override byte[] Make(Random random) => ByteMutator.Mutate(Corpus, random, StateFormat.PrefixBytes);

    public override void Run(ReadOnlySpan<byte> input)
    {
        var state = input.ToArray();
        if (state.Length >= StateFormat.PrefixBytes)
        {
            SHA256.HashData(state.AsSpan(StateFormat.PrefixBytes)).AsSpan(0, StateFormat.DigestBytes).CopyTo(state.AsSpan(StateFormat.PrefixBytes - StateFormat.DigestBytes));
        }

        if (!DetectionEngine.TryResume(Pack, null, state, out var engine, out var fault))
        {
            if (fault.Length == 0)
            {
                throw new InvalidDataException("a refusal without a reason");
            }

            return;
        }

        foreach (var e in RandomEvents.Make(Events, new Random(input.Length)))
        {
            _ = engine.Evaluate(e);
        }

        var again = engine.Encode();
        if (!DetectionEngine.TryResume(Pack, null, again, out _, out fault))
        {
            throw new InvalidDataException($"the engine cannot read its own state: {fault}");
        }

        _ = engine.Complete();
    }

    private static byte[] Encoded(int seed)
    {
        var engine = new DetectionEngine(Pack);
        foreach (var e in RandomEvents.Make(4 << seed, new Random(seed)))
        {
            _ = engine.Evaluate(e);
        }

        return engine.Encode();
    }
}
