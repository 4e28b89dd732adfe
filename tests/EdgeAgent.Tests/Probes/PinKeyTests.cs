using EdgeAgent.Options;
using EdgeAgent.Probes;
using EdgeAgent.Probes.Pinning;

namespace EdgeAgent.Tests.Probes;

public sealed class PinKeyTests
{
    [Fact]
    public void Account_gives_back_key_and_text()
    {
        var key = new PinKey("abc", 3, "file-open.fexit process.tp_btf");
        Assert.Equal((key, "one\ntwo"), PinKey.Split(key.Join("one\ntwo")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc,3,")]
    [InlineData("abc,three,\ntext")]
    [InlineData("abc\ntext")]
    public void What_is_no_account_is_refused(string text) => Assert.Throws<ProbeException>(() => PinKey.Split(text));

    [Fact]
    public void Order_in_which_probes_are_avoided_changes_nothing_and_which_are_does()
    {
        var one = PinKey.Of(new AgentOptions { AvoidedProbes = ["b", "a"] });
        Assert.Equal(PinKey.Of(new AgentOptions { AvoidedProbes = ["a", "b"] }), one);
        Assert.NotEqual(PinKey.Of(new AgentOptions { AvoidedProbes = ["a"] }), one);
    }
}
