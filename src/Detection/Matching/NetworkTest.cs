using System.Net;
using Detection.Taxonomy;

namespace Detection.Matching;

/// <summary>The modifier <c>cidr</c>: an address, or its text, inside a network. An IPv4-mapped IPv6 address counts as IPv4.</summary>
internal sealed class NetworkTest : ValueTest
{
    private readonly UInt128 _base;
    private readonly UInt128 _mask;

    public NetworkTest(IPNetwork network)
    {
        Network = network;
        _base = AddressNumber.Of(network.BaseAddress);
        var length = network.BaseAddress.GetAddressBytes().Length == 4 ? network.PrefixLength + 96 : network.PrefixLength;
        _mask = length == 0 ? 0 : UInt128.MaxValue << (128 - length);
    }

    /// <summary>The network.</summary>
    public IPNetwork Network { get; }

    public override bool Holds(in FieldValue value)
    {
        UInt128 number;
        if (value.Address is { } address)
        {
            number = AddressNumber.Of(address);
        }
        else if (value.Kind != FieldKind.Text || !value.TryGetText([], out var text) || !AddressNumber.TryParse(text, out number))
        {
            return false;
        }

        return (number & _mask) == _base && AddressNumber.IsIpv4(number) == AddressNumber.IsIpv4(_base);
    }
}
