using System.Net;
using Detection.Matching;
using FsCheck;
using FsCheck.Fluent;

namespace Detection.Tests.Matching;

/// <summary>The modifier <c>cidr</c> and the addresses that it reads from text.</summary>
public sealed class NetworkTests
{
    [Theory]
    [InlineData("10.0.0.0/8", "10.255.255.255", true)]
    [InlineData("10.0.0.0/8", "9.255.255.255", false)]
    [InlineData("10.0.0.0/8", "::ffff:10.0.0.1", true)]
    [InlineData("::ffff:10.0.0.0/104", "10.0.0.1", true)]
    [InlineData("0.0.0.0/0", "255.255.255.255", true)]
    [InlineData("0.0.0.0/0", "::1", false)]
    [InlineData("::/0", "::1", true)]
    [InlineData("::/0", "1.2.3.4", false)]
    [InlineData("192.0.2.1/32", "192.0.2.1", true)]
    [InlineData("192.0.2.1/32", "192.0.2.0", false)]
    [InlineData("fe80::/10", "fe80::1%eth0", true)]
    [InlineData("2001:db8::/32", "2001:0DB8:0:0::1", true)]
    [InlineData("2001:db8::1/128", "2001:db8::1", true)]
    [InlineData("10.0.0.0/8", "10.1", false)]
    [InlineData("10.0.0.0/8", "010.1.2.3", false)]
    [InlineData("10.0.0.0/8", "10.1.2.256", false)]
    [InlineData("10.0.0.0/8", "10.1.2.3.4", false)]
    [InlineData("10.0.0.0/8", "10.1.2.", false)]
    [InlineData("10.0.0.0/8", " 10.1.2.3", false)]
    [InlineData("::/0", ":", false)]
    [InlineData("::/0", ":::", false)]
    [InlineData("::/0", "1::2::3", false)]
    [InlineData("::/0", "1:2:3:4:5:6:7:8:9", false)]
    [InlineData("::/0", "1:2:3:4:5:6:7", false)]
    [InlineData("::/0", "1:2:3:4:5:6:7::8", false)]
    [InlineData("::/0", "1.2.3.4::", false)]
    [InlineData("::/0", "12345::", false)]
    [InlineData("::/0", "1:2:3:4:5:6:7:1.2.3.4", false)]
    [InlineData("::/0", "", false)]
    public void Address_in_a_text_is_inside_or_outside(string network, string text, bool expected) =>
        Assert.Equal(expected, Packs.Rule($"s: {{ Ip|cidr: '{network}' }}\ncondition: s").Matches(FieldsOnly.With("Ip", text)));

    [Fact]
    public void Every_address_is_read_from_its_text()
    {
        var groups = Gen.OneOf(Gen.Constant((ushort)0), Gen.Choose(0, ushort.MaxValue).Select(number => (ushort)number));
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(groups.ArrayOf(8).ToArbitrary(), parts =>
        {
            var address = new IPAddress([.. parts.SelectMany(part => new[] { (byte)(part >> 8), (byte)part })]);
            Assert.True(AddressNumber.TryParse(address.ToString(), out var number), address.ToString());
            Assert.Equal(AddressNumber.Of(address), number);
        }));
    }

    [Fact]
    public void Ipv4_counts_as_its_mapped_form()
    {
        Assert.True(AddressNumber.TryParse("192.0.2.7", out var number));
        Assert.Equal(AddressNumber.Of(IPAddress.Parse("::ffff:192.0.2.7")), number);
        Assert.Equal(AddressNumber.Of(IPAddress.Parse("192.0.2.7")), number);
    }
}
