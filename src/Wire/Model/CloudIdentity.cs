namespace Wire.Model;

/// <summary>Identity document of an EC2 instance.</summary>
/// <param name="AccountId">12 digits.</param>
/// <param name="Region">For example <c>eu-west-1</c>.</param>
/// <param name="AvailabilityZone">For example <c>eu-west-1b</c>.</param>
/// <param name="InstanceId">For example <c>i-0123456789abcdef0</c>.</param>
/// <param name="InstanceType">For example <c>t4g.small</c>.</param>
public sealed record CloudIdentity(string AccountId, string Region, string AvailabilityZone, string InstanceId, string InstanceType);
