namespace EndToEnd.Tests.Setup;

/// <summary>All tests are in here: one after the other, since every agent sees what all of them do.</summary>
[CollectionDefinition(Name)]
public sealed class EndToEndCollection : ICollectionFixture<Servers>
{
    /// <summary>For the attribute <c>Collection</c>.</summary>
    public const string Name = "end to end";
}
