namespace Cdk;

/// <summary>Where all events are kept, beside the alerts.</summary>
/// <param name="Days">How long, 1..3650.</param>
/// <param name="OpenSearch">The domain that gets them too; null for none.</param>
public sealed record EventArchive(int Days, OpenSearchDomain? OpenSearch);
