using LocalPipeline.RuleTests;

namespace Fuzz.Targets;

/// <summary>Damaged files of companion tests.</summary>
internal sealed class CompanionTestTarget : FuzzTarget
{
    public override string Name => "companion-tests";

    public override byte[] Make(Random random) => Bytes(TextMutator.Mutate(Corpora.Companions, random));

    public override void Run(ReadOnlySpan<byte> input) => _ = RuleTestReader.Read("fuzz.tests.yml", Text(input));
}
