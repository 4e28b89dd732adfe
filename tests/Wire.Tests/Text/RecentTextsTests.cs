using System.Text;
using Wire.Text;

namespace Wire.Tests.Text;

/// <summary>Texts that came before: the same answers, one string.</summary>
public sealed class RecentTextsTests
{
    [Theory]
    [InlineData("")]
    [InlineData("/usr/bin/bash")]
    [InlineData("/home/\u00E9")]
    public void Bytes_become_the_text_that_they_are(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);

        Assert.Equal(text, RecentTexts.Of(bytes));
        Assert.Equal(text, RecentTexts.Of(bytes));
        Assert.Equal(text, RecentTexts.Of(text.AsSpan()));
    }

    [Fact]
    public void Bytes_that_are_no_text_become_the_same_as_without_it()
    {
        byte[] bytes = [(byte)'a', 0xFF, 0x80];

        Assert.Equal(KernelString.FromBytes(bytes), RecentTexts.Of(bytes));
    }

    [Fact]
    public void Text_that_comes_again_is_the_same_string()
    {
        var first = RecentTexts.Of("/opt/recent-texts/one"u8);

        Assert.Same(first, RecentTexts.Of("/opt/recent-texts/one"u8));
        Assert.NotEqual(first, RecentTexts.Of("/opt/recent-texts/two"u8));
    }

    [Fact]
    public void Long_texts_and_lists_are_not_kept()
    {
        var text = new string('x', 200);
        var bytes = Encoding.ASCII.GetBytes(text);

        Assert.NotSame(RecentTexts.Of(bytes), RecentTexts.Of(bytes));
        Assert.NotSame(RecentTexts.Of(text.AsSpan()), RecentTexts.Of(text.AsSpan()));
        var (longer, part) = (text + text, text[..65]);
        Assert.NotSame(RecentTexts.Of((List<string>)[longer]), RecentTexts.Of((List<string>)[longer]));
        Assert.NotSame(RecentTexts.Of((List<string>)[.. Enumerable.Repeat(part, 4)]), RecentTexts.Of((List<string>)[.. Enumerable.Repeat(part, 4)]));
        Assert.NotSame(RecentTexts.Of((List<string>)[.. Enumerable.Repeat("a", 17)]), RecentTexts.Of((List<string>)[.. Enumerable.Repeat("a", 17)]));
    }

    [Fact]
    public void Lists_that_come_again_are_the_same_array()
    {
        List<string> one = [RecentTexts.Of("recent-texts"u8), RecentTexts.Of("-l"u8)];
        List<string> other = [one[1], one[0]];

        Assert.Same(RecentTexts.Of(one), RecentTexts.Of(one));
        Assert.Equal(one, RecentTexts.Of(one));
        Assert.Equal(other, RecentTexts.Of(other));
        Assert.Empty(RecentTexts.Of((List<string>)[]));
    }

    [Fact]
    public void However_many_texts_come_each_is_itself()
    {
        var random = new Random(20_261_127);
        for (var i = 0; i < 40_000; i++)
        {
            var text = "recent-" + random.Next(9_000);
            Assert.Equal(text, RecentTexts.Of(Encoding.ASCII.GetBytes(text)));
            List<string> list = [RecentTexts.Of(text.AsSpan()), "-" + random.Next(3)];
            Assert.Equal(list, RecentTexts.Of(list));
        }
    }
}
