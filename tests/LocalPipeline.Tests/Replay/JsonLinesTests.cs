using System.Text;
using LocalPipeline.Replay;

namespace LocalPipeline.Tests.Replay;

public sealed class JsonLinesTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a", "1:a")]
    [InlineData("a\n", "1:a")]
    [InlineData("a\r\n\r\nb", "1:a 2: 3:b")]
    [InlineData("\uFEFFa\nb", "1:a 2:b")]
    public void Lines_are_numbered_from_one_and_lose_their_ends(string text, string lines) =>
        Assert.Equal(lines, string.Join(' ', Read(text, 100)));

    [Fact]
    public void A_line_that_is_too_long_is_given_cut_and_the_next_is_whole()
    {
        var text = $"{new string('x', 300_000)}\n{new string('y', 100_000)}\nz";

        var lines = Read(text, 100_000).ToArray();

        Assert.Equal(["1:" + new string('x', 100_001), "2:" + new string('y', 100_000), "3:z"], lines);
    }

    private static IEnumerable<string> Read(string text, int longest)
    {
        foreach (var (number, line) in JsonLines.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), longest))
        {
            yield return $"{number}:{Encoding.UTF8.GetString(line.Span)}";
        }
    }
}
