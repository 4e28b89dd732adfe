using System.Buffers.Binary;
using System.Globalization;
using System.Net;

namespace Detection.Matching;

/// <summary>An IP address as a number of 128 bits, an IPv4 one in its mapped form. Read from text without allocating.</summary>
/// <remarks>Not <see cref="UInt128"/>: what touches that cannot be compiled ahead, so every process would compile it anew.</remarks>
/// <param name="High">The first 64 bits.</param>
/// <param name="Low">The others.</param>
internal readonly record struct AddressNumber(ulong High, ulong Low)
{
    private const int Groups = 8;
    private const int HalfBits = 64;

    /// <summary>True for an IPv4 address.</summary>
    public bool IsIpv4 => High == 0 && Low >> 32 == 0xffff;

    /// <summary>The number of an address.</summary>
    public static AddressNumber Of(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);
        return length == 4
            ? Mapped(BinaryPrimitives.ReadUInt32BigEndian(bytes))
            : new AddressNumber(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));
    }

    /// <summary>The mask of the first so many bits.</summary>
    public static AddressNumber Mask(int length) => new(HalfMask(length), HalfMask(length - HalfBits));

    /// <summary>Reads <c>a.b.c.d</c> in decimal, or IPv6 with an optional zone, which is left out.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out AddressNumber address)
    {
        address = default;
        if (!text.Contains(':'))
        {
            var isIpv4 = TryParseIpv4(text, out var number);
            address = isIpv4 ? Mapped(number) : default;
            return isIpv4;
        }

        var zone = text.IndexOf('%');
        return TryParseIpv6(zone < 0 ? text : text[..zone], out address);
    }

    /// <summary>What both have in common.</summary>
    public AddressNumber And(AddressNumber other) => new(High & other.High, Low & other.Low);

    /// <summary>True for the same address.</summary>
    public bool Is(AddressNumber other) => High == other.High && Low == other.Low;

    private static AddressNumber Mapped(uint ipv4) => new(0, (0xffffUL << 32) | ipv4);

    private static ulong HalfMask(int length) => length <= 0 ? 0 : length >= HalfBits ? ulong.MaxValue : ulong.MaxValue << (HalfBits - length);

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

    private static bool TryParseIpv6(ReadOnlySpan<char> text, out AddressNumber address)
    {
        address = default;
        var gap = text.IndexOf("::", StringComparison.Ordinal);
        if (gap < 0)
        {
            return TryParseGroups(text, out address, out var all) && all == Groups;
        }

        AddressNumber head = default;
        int before = 0, after = 0;
        var tail = text[(gap + 2)..];
        if ((gap > 0 && (!TryParseGroups(text[..gap], out head, out before) || text[..gap].Contains('.')))
            || (tail.Length > 0 && !TryParseGroups(tail, out address, out after))
            || before + after >= Groups)
        {
            return false;
        }

        for (; before is > 0 and < Groups; before++)
        {
            head = head.Append(0, 16);
        }

        address = new AddressNumber(head.High | address.High, head.Low | address.Low);
        return true;
    }

    // Groups of 16 bits between colons; the last 32 bits may be written as IPv4.
    private static bool TryParseGroups(ReadOnlySpan<char> text, out AddressNumber value, out int count)
    {
        value = default;
        count = 0;
        foreach (var range in text.Split(':'))
        {
            var group = text[range];
            if (range.End.Value == text.Length && TryParseIpv4(group, out var ipv4))
            {
                value = value.Append(ipv4, 32);
                count += 2;
            }
            else if (group.Length is > 0 and <= 4 && ushort.TryParse(group, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number))
            {
                value = value.Append(number, 16);
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

    private AddressNumber Append(uint part, int bits) => new((High << bits) | (Low >> (HalfBits - bits)), (Low << bits) | part);
}
