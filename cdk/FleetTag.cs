namespace Cdk;

/// <summary>An EC2 tag that marks the instances of an existing fleet.</summary>
/// <param name="Key">Tag key, 1..128 characters.</param>
/// <param name="Value">Tag value, 1..256 characters.</param>
public sealed record FleetTag(string Key, string Value);
