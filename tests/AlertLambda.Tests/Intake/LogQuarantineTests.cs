using System.Text;
using AlertLambda.Intake;
using Wire.Codec;

namespace AlertLambda.Tests.Intake;

public sealed class LogQuarantineTests : IDisposable
{
    private static readonly FrameError Error = new(FrameErrorKind.BadChecksum, 17, "checksum \u001b[31m differs");

    private readonly LogLines _lines = new();

    public void Dispose() => _lines.Dispose();

    [Fact]
    public async Task Line_holds_where_the_record_came_from_and_what_is_wrong_with_it()
    {
        await new LogQuarantine(_lines.Log).KeepAsync(new StreamRecord("shardId-1", "42", "host\n1", new byte[] { 1, 2 }), Error, default);

        var line = Assert.Single(_lines.Of("quarantine"));
        Assert.Equal("shardId-1", line.GetProperty("shard").GetString());
        Assert.Equal("42", line.GetProperty("sequenceNumber").GetString());
        Assert.Equal("host\\x0a1", line.GetProperty("partitionKey").GetString());
        Assert.Equal("BadChecksum", line.GetProperty("error").GetString());
        Assert.Equal(17, line.GetProperty("offset").GetInt32());
        Assert.Equal("checksum \\x1b[31m differs", line.GetProperty("message").GetString());
        Assert.Equal([1, 2], line.GetProperty("data").GetBytesFromBase64());
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(LogQuarantine.PartBytes, 1)]
    [InlineData(LogQuarantine.PartBytes + 1, 2)]
    [InlineData(1024 * 1024, 8)]
    public async Task Long_record_is_kept_in_parts_that_fit_a_log_line_and_give_the_bytes_back(int length, int parts)
    {
        var bytes = new byte[length];
        new Random(1).NextBytes(bytes);

        await new LogQuarantine(_lines.Log).KeepAsync(new StreamRecord("s", "1", new string('\u202e', 256), bytes), Error, default);

        var lines = _lines.Of("quarantine");
        Assert.Equal(parts, lines.Count);
        Assert.All(lines, line => Assert.Equal(parts, line.GetProperty("parts").GetInt32()));
        Assert.All(_lines.Text.Split('\n'), line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 256 * 1024 - 26));
        Assert.Equal(bytes, lines.OrderBy(line => line.GetProperty("part").GetInt32()).SelectMany(line => line.GetProperty("data").GetBytesFromBase64()));
    }
}
