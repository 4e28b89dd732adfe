using EdgeAgent.Probes;

namespace EdgeAgent.Tests.Probes;

public sealed class BpfArtifactTests
{
    [Fact]
    public void Object_that_was_built_with_the_agent_is_taken() => Assert.Null(BpfArtifact.FaultOf(BpfArtifact.Read()!));

    [Fact]
    public void Object_with_one_other_bit_is_refused_with_both_hashes_and_what_to_do()
    {
        var foreign = BpfArtifact.Read()!;
        foreign[^1] ^= 1;

        var refusal = Assert.Throws<ProbeException>(() => BpfObject.Open(foreign, []));

        Assert.StartsWith($"{BpfArtifact.Name} is not the object that this agent was built with (SHA-256 ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains($"instead of {BpfArtifact.BuiltHash!.ToLowerInvariant()}); it is not loaded", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("install it anew", refusal.Message, StringComparison.Ordinal);
    }
}
