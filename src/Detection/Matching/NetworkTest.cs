using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using Detection.Taxonomy;

namespace Detection.Matching;

/// <summary>The modifier <c>cidr</c>: an address, or its text, inside a network. An IPv4-mapped IPv6 address counts as IPv4.</summary>
internal sealed class NetworkTest : ValueTest
{
    private const int MappedBits = 96;
    private const int AllBits = 128;

    private readonly AddressNumber _base;
    private readonly AddressNumber _mask;

    private NetworkTest(AddressNumber address, int prefixLength, bool isIpv4)
    {
        (PrefixLength, IsIpv4) = (prefixLength, isIpv4);
        _mask = AddressNumber.Mask(isIpv4 ? prefixLength + MappedBits : prefixLength);
        _base = address;
    }

    /// <summary>The network's address.</summary>
    public IPAddress Address
    {
        get
        {
            var bytes = new byte[16];
            BinaryPrimitives.WriteUInt64BigEndian(bytes, _base.High);
            BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(8), _base.Low);
            return new IPAddress(IsIpv4 ? bytes.AsSpan(12) : bytes);
        }
    }

    /// <summary>Bits that an address must have in common with it.</summary>
    public int PrefixLength { get; }

    private bool IsIpv4 { get; }

    /// <summary>Reads <c>address/length</c> without host bits: .NET masks them away, but in a rule they are more likely a mistake.</summary>
    public static NetworkTest? TryParse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            return null;
        }

        // Nearly all networks; .NET's own reader, for all that it takes, is compiled anew by every process.
        var isIpv4 = !text.Contains(':', StringComparison.Ordinal);
        if (!text.Contains('%', StringComparison.Ordinal)
            && AddressNumber.TryParse(text.AsSpan(0, slash), out var number)
            && int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            && length <= (isIpv4 ? AllBits - MappedBits : AllBits))
        {
            var test = new NetworkTest(number, length, isIpv4);
            return number.And(test._mask).Is(number) ? test : null;
        }

        return IPNetwork.TryParse(text, out var network) && IPAddress.TryParse(text.AsSpan(0, slash), out var address) && address.Equals(network.BaseAddress)
            ? new NetworkTest(AddressNumber.Of(address), network.PrefixLength, address.GetAddressBytes().Length == 4)
            : null;
    }

    public override bool Holds(in FieldValue value)
    {
        AddressNumber number;
        if (value.Address is { } address)
        {
            number = AddressNumber.Of(address);
        }
        else if (value.Kind != FieldKind.Text || !value.TryGetText([], out var text) || !AddressNumber.TryParse(text, out number))
        {
            return false;
        }

        return number.And(_mask).Is(_base) && number.IsIpv4 == _base.IsIpv4;
    }
}
