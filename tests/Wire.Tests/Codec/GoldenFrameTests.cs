using Support;
using Wire.Codec;

namespace Wire.Tests.Codec;

/// <summary>Bytes that were written once must mean the same for ever.</summary>
public sealed class GoldenFrameTests
{
    public static TheoryData<string> Names => GoldenFrames.Names;

    public static TheoryData<string> PlainNames => [.. GoldenFrames.All.Keys];

    [Theory]
    [MemberData(nameof(PlainNames))]
    public void The_encoder_still_writes_the_stored_bytes(string name)
    {
        var bytes = new FrameEncoder().Encode(GoldenFrames.All[name]);
        Assert.Equal(Convert.ToHexString(Stored(name, "frame", () => bytes)), Convert.ToHexString(bytes));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_stored_bytes_still_mean_the_stored_text(string name)
    {
        var isShort = GoldenFrames.Short.TryGetValue(name, out var shortened);
        var made = isShort ? shortened.Frame : GoldenFrames.All[name];
        var bytes = Stored(name, "frame", () => new FrameEncoder(packs: isShort).Encode(made));
        Assert.True(FrameDecoder.TryDecode(bytes, out var frame, out var error), error.ToString());
        var text = FrameText.Of(frame);
        Assert.Equal(System.Text.Encoding.UTF8.GetString(Stored(name, "txt", () => System.Text.Encoding.UTF8.GetBytes(text))), text);
        Assert.Equal(FrameText.Of(made), text);
        Assert.Equal(shortened.Flags, (FrameFlags)bytes[FrameFormat.FlagsOffset]);
        Assert.Equal(0, frame.UnknownEvents);
    }

    [Fact]
    public void An_encoder_of_short_frames_still_writes_the_stored_bytes_where_it_packs_nothing() => Assert.Equal(
        Convert.ToHexString(GoldenFrames.Bytes("well-known")), Convert.ToHexString(new FrameEncoder(packs: true).Encode(GoldenFrames.Short["well-known"].Frame)));

    [Fact]
    public void Every_stored_file_belongs_to_a_frame()
    {
        var names = Directory.GetFiles(Repository.File("tests/Fixtures/wire/v1")).Select(Path.GetFileNameWithoutExtension).Distinct().Order();
        Assert.Equal(GoldenFrames.All.Keys.Concat(GoldenFrames.Short.Keys).Order(), names);
    }

    private static byte[] Stored(string name, string extension, Func<byte[]> make)
    {
        var path = Repository.File($"tests/Fixtures/wire/v1/{name}.{extension}");
        if (!File.Exists(path) && Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllBytes(path, make());
        }

        return File.ReadAllBytes(path);
    }
}
