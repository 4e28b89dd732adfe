namespace Cdk.Tests.Support;

/// <summary>Joins the test classes that look at the same stack.</summary>
[CollectionDefinition(nameof(FullStack))]
public sealed class FullStackTests : ICollectionFixture<FullStack>;
