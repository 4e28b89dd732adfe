using System.Globalization;
using System.Text;
using EdgeAgent.Parsing;
using Wire.Text;

namespace EdgeAgent.Tests.Parsing;

public sealed class RecentValuesTests
{
    private readonly RecentValues<string> _names = new(KernelString.FromBytes);

    [Theory]
    [InlineData("/etc/shadow")]
    [InlineData("")]
    [InlineData("/tmp/名前")]
    public void Same_bytes_give_the_same_object(string name)
    {
        var first = _names.Of(Encoding.UTF8.GetBytes(name));

        Assert.Equal(name, first);
        Assert.Same(first, _names.Of(Encoding.UTF8.GetBytes(name)));
    }

    [Fact]
    public void Every_value_is_right_however_many_there_were()
    {
        var random = new Random(1);
        for (var i = 0; i < 20 * RecentValues<string>.Capacity; i++)
        {
            var name = random.Next(4 * RecentValues<string>.Capacity).ToString("x", CultureInfo.InvariantCulture);
            Assert.Equal(name, _names.Of(Encoding.UTF8.GetBytes(name)));
        }
    }

    [Fact]
    public void Names_that_are_no_text_are_kept_apart()
    {
        Assert.NotEqual(_names.Of([0x80]), _names.Of([0x81]));
        Assert.Equal("\uDC80", _names.Of([0x80]));
    }

    [Fact]
    public void Long_values_are_right_and_not_remembered()
    {
        var name = Encoding.UTF8.GetBytes(new string('x', RecentValues<string>.Longest + 1));

        Assert.Equal(_names.Of(name), _names.Of(name));
        Assert.NotSame(_names.Of(name), _names.Of(name));
    }
}
