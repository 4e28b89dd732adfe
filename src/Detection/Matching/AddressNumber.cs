using System.Buffers.Binary;
using System.Globalization;
using System.Net;

namespace Detection.Matching;

/// <summary>IP addresses as numbers of 128 bits, IPv4 ones in their mapped form, read from text without allocating.</summary>
internal static class AddressNumber
{
    private const int Groups = 8;

    /// <summary>The number of an address.</summary>
    public static UInt128 Of(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);
        return length == 4 ? Mapped(BinaryPrimitives.ReadUInt32BigEndian(bytes)) : BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    /// <summary>True for an IPv4 address.</summary>
    public static bool IsIpv4(UInt128 address) => address >> 32 == 0xffff;

    /// <summary>Reads <c>a.b.c.d</c> in decimal, or IPv6 with an optional zone, which is left out.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out UInt128 address)
    {
        address = 0;
        if (!text.Contains(':'))
        {
            var isIpv4 = TryParseIpv4(text, out var number);
            address = isIpv4 ? Mapped(number) : 0;
            return isIpv4;
        }

        var zone = text.IndexOf('%');
        return TryParseIpv6(zone < 0 ? text : text[..zone], out address);
    }

    private static UInt128 Mapped(uint ipv4) => ((UInt128)0xffff << 32) | ipv4;

    private static bool TryParseIpv4(ReadOnlySpan<char> text, out uint address)
    {
        address = 0;
        var parts = 0;
        foreach (var range in text.Split('.'))
        {
            var part = text[range];
            if (++parts > 4 || part.Length is 0 or > 3 || (part.Length > 1 && part[0] == '0')
                || !byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var octet))
            {
                return false;
            }

            address = (address << 8) | octet;
        }

        return parts == 4;
    }

    private static bool TryParseIpv6(ReadOnlySpan<char> text, out UInt128 address)
    {
        address = 0;
        var gap = text.IndexOf("::", StringComparison.Ordinal);
        if (gap < 0)
        {
            return TryParseGroups(text, out address, out var all) && all == Groups;
        }

        UInt128 head = 0;
        int before = 0, after = 0;
        var tail = text[(gap + 2)..];
        if ((gap > 0 && (!TryParseGroups(text[..gap], out head, out before) || text[..gap].Contains('.')))
            || (tail.Length > 0 && !TryParseGroups(tail, out address, out after))
            || before + after >= Groups)
        {
            return false;
        }

        address |= before == 0 ? 0 : head << (16 * (Groups - before));
        return true;
    }

    // Groups of 16 bits between colons; the last 32 bits may be written as IPv4.
    private static bool TryParseGroups(ReadOnlySpan<char> text, out UInt128 value, out int count)
    {
        value = 0;
        count = 0;
        foreach (var range in text.Split(':'))
        {
            var group = text[range];
            if (range.End.Value == text.Length && TryParseIpv4(group, out var ipv4))
            {
                value = (value << 32) | ipv4;
                count += 2;
            }
            else if (group.Length is > 0 and <= 4 && ushort.TryParse(group, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number))
            {
                value = (value << 16) | number;
                count++;
            }
            else
            {
                return false;
            }

            if (count > Groups)
            {
                return false;
            }
        }

        return true;
    }
}
