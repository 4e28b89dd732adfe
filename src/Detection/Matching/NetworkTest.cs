using System.Net;
using Detection.Taxonomy;

namespace Detection.Matching;

/// <summary>The modifier <c>cidr</c>: an address, or its text, inside a network. An IPv4-mapped IPv6 address counts as IPv4.</summary>
internal sealed class NetworkTest(IPNetwork network) : ValueTest
{
    public override bool Holds(FieldValue value)
    {
        var address = value.Address;
        if (address is null && (value.Kind != FieldKind.Text || !IPAddress.TryParse(value.Text, out address)))
        {
            return false;
        }

        return network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
    }
}
