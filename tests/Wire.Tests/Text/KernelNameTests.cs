using Wire.Text;

namespace Wire.Tests.Text;

public sealed class KernelNameTests
{
    [Theory]
    [InlineData(0, 0, "")]
    [InlineData(136, 0, "pts/0")]
    [InlineData(136, 70_000, "pts/70000")]
    [InlineData(137, 1, "pts/257")]
    [InlineData(4, 1, "tty1")]
    [InlineData(4, 64, "ttyS0")]
    [InlineData(5, 1, "console")]
    [InlineData(204, 65, "ttyAMA1")]
    [InlineData(229, 0, "hvc0")]
    [InlineData(300, 7, "300:7")]
    public void Terminal_has_the_name_of_its_device(uint major, uint minor, string name) => Assert.Equal(name, TerminalNames.Of((major << 20) | minor));

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "cap_chown")]
    [InlineData((1ul << 40) | (1 << 21), "cap_sys_admin,cap_checkpoint_restore")]
    [InlineData((1ul << 63) | (1ul << 41), "cap_41,cap_63")]
    public void Capabilities_are_named_in_the_order_of_their_numbers(ulong capabilities, string names) => Assert.Equal(names, CapabilityNames.Of(capabilities));

    [Theory]
    [InlineData(0, "0000000000000000")]
    [InlineData((1ul << 41) - 1, "000001ffffffffff")]
    [InlineData(ulong.MaxValue, "ffffffffffffffff")]
    public void Capabilities_are_a_mask_as_in_proc(ulong capabilities, string mask)
    {
        Assert.Equal(mask, CapabilityNames.MaskOf(capabilities));
        Assert.Equal(capabilities, CapabilityNames.OfMask(mask));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1ffffffffff")]
    [InlineData("000001fffffffff,")]
    [InlineData(" 00001ffffffffff")]
    [InlineData("cap_sys_admin,cap")]
    public void Other_text_is_no_mask(string text) => Assert.Null(CapabilityNames.OfMask(text));

    [Fact]
    public void Each_name_is_found_again()
    {
        var names = CapabilityNames.Of(CapabilityNames.All).Split(',');

        Assert.Equal(41, names.Length);
        Assert.Equal(CapabilityNames.All, names.Aggregate(0ul, (all, name) => all | CapabilityNames.Find(name)!.Value));
        Assert.Null(CapabilityNames.Find("cap_everything"));
    }
}
