namespace Cdk.Tests.Support;

/// <summary>Joins the test classes that look at the same stack.</summary>
[CollectionDefinition(nameof(VariantStack))]
public sealed class VariantStackTests : ICollectionFixture<VariantStack>;
