namespace Fuzz.Targets;

/// <summary>What still loads of damaged rule files, over random events and a resume.</summary>
internal sealed class EngineTarget : FuzzTarget
{
    private const int Events = 60;

    public override string Name => "engine";

    public override byte[] Make(Random random)
    {
        // Little damage: most of it has to load.
        var text = TextMutator.Pick(Corpora.Rules, random);
        for (var others = random.Next(4); others > 0; others--)
        {
            text += "\n---\n" + (random.Next(3) == 0 ? TextMutator.Mutate(Corpora.Rules, random) : TextMutator.Pick(Corpora.Rules, random));
        }

        return Bytes(text + "\n---\n" + Corpora.Correlations);
    }

    public override void Run(ReadOnlySpan<byte> input) =>
        Packs.Evaluate(RuleLoaderTarget.Load(Text(input)), RandomEvents.Make(Events, new Random(input.Length)));
}
