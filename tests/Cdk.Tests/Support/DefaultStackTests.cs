namespace Cdk.Tests.Support;

/// <summary>Joins the test classes that look at the same stack.</summary>
[CollectionDefinition(nameof(DefaultStack))]
public sealed class DefaultStackTests : ICollectionFixture<DefaultStack>;
