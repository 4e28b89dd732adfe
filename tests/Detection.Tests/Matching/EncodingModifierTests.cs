using System.Text;

namespace Detection.Tests.Matching;

/// <summary>Texts that are looked for in their encoded form.</summary>
public sealed class EncodingModifierTests
{
    [Theory]
    [InlineData("base64: foo", "Zm9v", true)]
    [InlineData("base64: foobar", "Zm9vYmFy", true)]
    [InlineData("base64: fooba", "Zm9vYmE=", true)]
    [InlineData("base64|contains: foo", "xZm9vx", true)]
    [InlineData("base64: 'a\\*b'", "YSpi", true)]
    [InlineData("base64: 'a\\\\b'", "YVxi", true)]
    [InlineData("base64: ä", "w6Q=", true)]
    [InlineData("base64|cased: foo", "zm9v", false)]
    [InlineData("base64: foo", "zm9v", true)]
    [InlineData("wide|base64: foo", "ZgBvAG8A", true)]
    [InlineData("utf16le|base64: foo", "ZgBvAG8A", true)]
    [InlineData("utf16be|base64: foo", "AGYAbwBv", true)]
    [InlineData("utf16|base64: foo", "//5mAG8AbwA=", true)]
    [InlineData("utf16le|base64: ä", "5AA=", true)]
    [InlineData("windash|base64: ' -x'", "IC94", true)]
    [InlineData("windash|base64: ' -x'", "IC14", true)]
    [InlineData("base64offset: foo", "Zm9v", true)]
    [InlineData("base64offset: foo", "Zvb", true)]
    [InlineData("base64offset: foo", "mb2", true)]
    [InlineData("base64offset: foo", "xmb2", false)]
    [InlineData("utf16le|contains: foo", "xf\0o\0o\0x", true)]
    [InlineData("utf16be|contains: foo", "\0f\0o\0o", true)]
    [InlineData("wide|contains: 'f*o'", "f\0xxo\0", true)]
    [InlineData("wide: 'f?o'", "f\0x\0o\0", true)]
    [InlineData("wide: 'f?o'", "f\0xo\0", false)]
    public void Text_is_found_encoded(string item, string text, bool expected) => Assert.Equal(expected, Matches(item, text));

    [Theory]
    [InlineData("base64offset|contains: /bin/bash", false)]
    [InlineData("utf16le|base64offset|contains: /bin/bash", true)]
    [InlineData("wide|base64offset|contains: /bin/bash", true)]
    public void Base64offset_finds_a_text_wherever_it_stands_in_what_was_encoded(string item, bool wide)
    {
        Encoding encoding = wide ? Encoding.Unicode : Encoding.UTF8;
        for (var before = 0; before < 12; before++)
        {
            for (var after = 0; after < 4; after++)
            {
                var bytes = (byte[])[.. Enumerable.Repeat((byte)'#', before), .. encoding.GetBytes("/bin/bash"), .. Enumerable.Repeat((byte)'!', after)];
                Assert.True(Matches(item, "echo " + Convert.ToBase64String(bytes) + " | sh"), $"{before} bytes before, {after} behind");
                Assert.False(Matches(item, "echo " + Convert.ToBase64String(encoding.GetBytes("/bin/dash")) + " | sh"));
            }
        }
    }

    [Fact]
    public void Under_all_the_variants_of_each_value_stay_alternatives()
    {
        const string Item = "base64offset|contains|all: [foo, 'bar']";
        Assert.True(Matches(Item, "Zm9v YmFy"));
        Assert.True(Matches(Item, "Zvb Jhc"));
        Assert.False(Matches(Item, "Zm9v Zvb mb2"));
        Assert.True(Matches("windash|contains|all: [' -a', ' -b']", "x /a \u2013b"));
        Assert.True(Matches("windash|base64|contains|all: ['-a', '-b']", "L2E= LWI="));
        Assert.False(Matches("windash|base64|contains|all: ['-a', '-b']", "L2E= LWE="));
    }

    private static bool Matches(string item, string text) =>
        Packs.Rule($"s:\n  CommandLine|{item}\ncondition: s").Matches(FieldsOnly.With("CommandLine", text));
}
