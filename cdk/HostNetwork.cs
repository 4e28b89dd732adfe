namespace Cdk;

/// <summary>Where hosts are: a VPC that exists already.</summary>
/// <param name="VpcId">The VPC.</param>
/// <param name="SubnetIds">Subnets for endpoints and the demo host, one in an availability zone.</param>
/// <param name="Cidr">Addresses of the VPC, which may use the endpoints; null if there are no endpoints.</param>
/// <param name="RouteTableIds">Route tables that get a gateway endpoint for S3; may be empty.</param>
public sealed record HostNetwork(string VpcId, IReadOnlyList<string> SubnetIds, string? Cidr, IReadOnlyList<string> RouteTableIds);
