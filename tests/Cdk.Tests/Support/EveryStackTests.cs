namespace Cdk.Tests.Support;

/// <summary>Joins the test classes that look at all stacks.</summary>
[CollectionDefinition(nameof(EveryStack))]
public sealed class EveryStackTests : ICollectionFixture<EveryStack>;
