namespace Cdk;

/// <summary>An Amazon OpenSearch Service domain that exists already.</summary>
/// <param name="Arn">Its ARN.</param>
/// <param name="Endpoint">Its address, with <c>https://</c>.</param>
public sealed record OpenSearchDomain(string Arn, string Endpoint);
