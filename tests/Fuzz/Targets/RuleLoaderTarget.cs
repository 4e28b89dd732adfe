using Detection.Rules;

namespace Fuzz.Targets;

/// <summary>Damaged rule files: each document loads or is refused by place and reason.</summary>
internal sealed class RuleLoaderTarget : FuzzTarget
{
    public override string Name => "rules";

    public override byte[] Make(Random random) => Bytes(TextMutator.Mutate(Corpora.Rules, random));

    public override void Run(ReadOnlySpan<byte> input) => Load(Text(input));

    /// <summary>The pack of one file.</summary>
    /// <exception cref="InvalidDataException">A refusal does not say where or why.</exception>
    public static RulePack Load(string text)
    {
        var pack = RuleLoader.Load([new RuleSource("fuzz.yml", text)]);
        return pack.Refused.SelectMany(rule => rule.All).FirstOrDefault(rule => rule is not { Line: > 0, Column: > 0, Reason.Length: > 0 }) is { } refused
            ? throw new InvalidDataException($"a refusal without place or reason: {refused}")
            : pack;
    }
}
