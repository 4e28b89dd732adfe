using AlertLambda.State;

namespace AlertLambda.Tests.State;

public sealed class MemoryStoreTests : StoreConformance
{
    public MemoryStoreTests() => Store = new MemoryStore(Clock);

    private protected override ICorrelationStore Store { get; }
}
