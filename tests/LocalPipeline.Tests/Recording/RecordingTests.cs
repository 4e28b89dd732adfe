using EdgeAgent.Batching;
using EdgeAgent.Delivery;
using LocalPipeline.Recording;
using Support;
using Wire.Codec;

namespace LocalPipeline.Tests.Recording;

public sealed class RecordingTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task Every_frame_that_was_shipped_comes_back_in_order()
    {
        await WriteAsync(SampleStory.Frames());

        Assert.Equal(SampleStory.Frames(), Read(await File.ReadAllBytesAsync(_file), out var reports));
        Assert.Empty(reports);
    }

    [Fact]
    public async Task The_recording_that_comes_with_the_pipeline_is_the_sample_story()
    {
        await WriteAsync(SampleStory.Frames());
        var shipped = Repository.File(SampleStory.File);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.Copy(_file, shipped, overwrite: true);
        }

        Assert.Equal(await File.ReadAllBytesAsync(shipped), await File.ReadAllBytesAsync(_file));
    }

    [Fact]
    public async Task A_recording_that_was_cut_anywhere_gives_the_whole_frames_before_and_says_where()
    {
        await WriteAsync(SampleStory.Frames());
        var whole = await File.ReadAllBytesAsync(_file);
        var frames = SampleStory.Frames().ToArray();
        var ends = frames.Select((_, i) => RecordingFormat.Magic.Length + frames.Take(i + 1).Sum(f => f.Length + 4)).ToArray();

        for (var length = RecordingFormat.Magic.Length; length < whole.Length; length++)
        {
            var read = Read(whole[..length], out var reports);

            Assert.Equal(frames.Take(ends.Count(end => end <= length)), read);
            var cutInsideFrame = length != RecordingFormat.Magic.Length && !ends.Contains(length);
            Assert.Equal(cutInsideFrame ? 1 : 0, reports.Count);
            Assert.All(reports, r => Assert.Contains("was cut at byte", r, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("EDGEREC")]
    [InlineData("EDGEREC2xxxx")]
    [InlineData("{\"Image\":\"/bin/sh\"}")]
    public void Other_files_are_refused_with_what_was_expected(string content)
    {
        var refused = Assert.Throws<InvalidDataException>(() => Read(System.Text.Encoding.UTF8.GetBytes(content), out _));

        Assert.Contains("EDGEREC1", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(RecordingFormat.MaxFrameBytes + 1)]
    [InlineData(int.MaxValue)]
    public void A_length_that_no_frame_has_ends_the_reading_with_its_offset(int length)
    {
        byte[] bytes = [.. RecordingFormat.Magic, .. BitConverter.GetBytes(length), 1, 2, 3];

        Assert.Empty(Read(bytes, out var reports));
        Assert.Contains("damaged at byte 8", Assert.Single(reports), StringComparison.Ordinal);
    }

    private static byte[][] Read(byte[] bytes, out List<string> reports)
    {
        var found = new List<string>();
        reports = found;
        return [.. RecordingReader.Read(new MemoryStream(bytes), found.Add)];
    }

    private async Task WriteAsync(IEnumerable<byte[]> frames)
    {
        using var sink = new RecordingSink(_file);
        foreach (var bytes in frames)
        {
            Assert.True(FrameDecoder.TryDecode(bytes, out var frame, out _));
            Assert.Equal(ShipOutcome.Delivered, await sink.ShipAsync(new Batch(frame, bytes), CancellationToken.None));
        }
    }
}
