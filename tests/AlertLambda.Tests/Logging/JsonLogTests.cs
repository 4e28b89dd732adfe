using AlertLambda.Logging;

namespace AlertLambda.Tests.Logging;

public sealed class JsonLogTests : IDisposable
{
    private readonly LogLines _lines = new();

    public void Dispose() => _lines.Dispose();

    [Fact]
    public void Line_has_time_level_event_and_fields()
    {
        _lines.Log.Write(LogLevel.Error, "something", json => json.WriteString("file", "x"));

        var line = Assert.Single(_lines.Of("something"));
        Assert.Equal("error", line.GetProperty("level").GetString());
        Assert.Equal("x", line.GetProperty("file").GetString());
        Assert.EndsWith("Z", line.GetProperty("time").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Text_with_line_ends_and_terminal_codes_stays_one_line_of_ASCII()
    {
        _lines.Log.Write(LogLevel.Info, "something", json => json.WriteString("name", "a\r\nb\u001b[31mé\u202e"));

        Assert.Single(_lines.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.All(_lines.Text.TrimEnd(), c => Assert.InRange(c, ' ', '~'));
    }
}
