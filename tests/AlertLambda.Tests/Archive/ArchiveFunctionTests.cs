using System.IO.Compression;
using System.Text;
using System.Text.Json;
using AlertLambda.Archive;
using AlertLambda.Options;
using Support;
using Support.Ocsf;
using Wire.Codec;
using Wire.Model;
using Xunit.Abstractions;

namespace AlertLambda.Tests.Archive;

public sealed class ArchiveFunctionTests(ITestOutputHelper output) : IDisposable
{
    private readonly LogLines _log = new();

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task Good_and_bad_records_are_each_answered_under_their_own_id()
    {
        var good = Frame(Some.Exec(), Some.FileOpen(sequence: 2));
        var damaged = Frame(Some.Exec());
        damaged[^3] ^= 0xff;
        var answer = await HandleAsync(
            ("1", Convert.ToBase64String(good)), ("2", "no base64!"), ("3", Convert.ToBase64String(damaged)), ("4", ""),
            ("5", Convert.ToBase64String(Frame())), ("6", Convert.ToBase64String(Frame(Some.Connect()))));

        Assert.Equal(
            [("1", "Ok"), ("2", "ProcessingFailed"), ("3", "ProcessingFailed"), ("4", "ProcessingFailed"), ("5", "Dropped"), ("6", "Ok")],
            answer.Records.Select(r => (r.RecordId, r.Result)));
        Assert.All(answer.Records.Where(r => r.Result != "Ok"), r => Assert.Null(r.Data));
        var lines = Lines(answer.Records[0].Data!);
        Assert.Equal([100701, 100114], lines.Select(l => l.GetProperty("type_uid").GetInt32()));
        Assert.All(lines, line => Assert.Empty(OcsfValidator.Faults(line)));
        Assert.Equal(3, _log.Of("archive-record-failed").Count);
        Assert.Equal(3, _log.Of("archive")[0].GetProperty("events").GetInt32());
    }

    [Fact]
    public async Task What_has_no_room_in_an_answer_of_six_megabytes_is_left_to_Firehose()
    {
        var record = Convert.ToBase64String(Frame([.. Enumerable.Range(1, 1000).Select(i => Some.Exec(Some.Process(arguments: [new string('a', 1000)]), (ulong)i))]));
        var batch = Enumerable.Range(1, 8).Select(i => ($"{i}", record)).ToArray();

        var answer = await HandleAsync(batch);

        Assert.Contains(answer.Records, r => r.Result == "Ok");
        Assert.Contains(answer.Records, r => r.Result == "ProcessingFailed");
        Assert.InRange(Serialized(answer).Length, 1, 6_291_556);
        Assert.Contains("ARCHIVE_COMPRESSION", _log.Of("archive-record-failed")[0].GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compressed_records_are_one_gzip_file_when_they_stand_behind_each_other_and_many_more_fit()
    {
        var record = Convert.ToBase64String(Frame([.. Enumerable.Range(1, 1000).Select(i => Some.Exec(Some.Process(arguments: [new string('a', 1000)]), (ulong)i))]));
        var batch = Enumerable.Range(1, 8).Select(i => ($"{i}", record)).ToArray();

        var answer = await HandleAsync(new ArchiveOptions { Gzip = true }, batch);

        Assert.All(answer.Records, r => Assert.Equal("Ok", r.Result));
        using var joined = new MemoryStream([.. answer.Records.SelectMany(r => r.Data!)]);
        using var plain = new MemoryStream();
        await using var gzip = new GZipStream(joined, CompressionMode.Decompress);
        await gzip.CopyToAsync(plain);
        Assert.Equal(8000, Lines(plain.ToArray()).Count);
    }

    [Fact]
    public async Task Ids_that_are_long_themselves_do_not_push_the_answer_over_the_limit()
    {
        var batch = Enumerable.Range(1, 100).Select(i => (new string('"', 12_000), Convert.ToBase64String(Frame(Some.Exec())))).ToArray();

        Assert.InRange(Serialized(await HandleAsync(batch)).Length, 1, 6_291_556);
    }

    [Fact]
    public async Task Event_of_Firehose_is_read_and_the_answer_has_its_form()
    {
        var data = Convert.ToBase64String(Frame(Some.Exec()));
        var json = $$$"""
            {"invocationId":"i-1","sourceKinesisStreamArn":"arn:aws:kinesis:eu-west-1:123456789012:stream/edge","region":"eu-west-1",
             "records":[{"recordId":"49","approximateArrivalTimestamp":1767225600000,"data":"{{{data}}}","kinesisRecordMetadata":{"sequenceNumber":"49","partitionKey":"h"}}]}
            """;
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        var batch = ArchiveJsonContext.CreateSerializer().Deserialize<FirehoseEvent>(stream);
        var answer = JsonSerializer.Deserialize<JsonElement>(Serialized(await new ArchiveFunction(new ArchiveOptions(), _log.Log).HandleAsync(batch, new FakeContext())));

        var record = Assert.Single(answer.GetProperty("records").EnumerateArray());
        Assert.Equal("49", record.GetProperty("recordId").GetString());
        Assert.Equal("Ok", record.GetProperty("result").GetString());
        Assert.Single(Lines(record.GetProperty("data").GetBytesFromBase64()));
    }

    [Fact]
    public async Task Usual_events_take_the_room_that_the_manual_says()
    {
        var frame = new FrameEncoder().Encode(SampleTraffic.Frame(1000));
        var record = ("1", Convert.ToBase64String(frame));
        var plain = (await HandleAsync(record)).Records[0].Data!.Length / 1000.0;
        var packed = (await HandleAsync(new ArchiveOptions { Gzip = true }, [record])).Records[0].Data!.Length / 1000.0;

        output.WriteLine($"frame {frame.Length / 1000.0:0.0}, lines {plain:0}, gzip {packed:0} bytes an event");
        Assert.InRange(plain, 1000, 2500);
        Assert.InRange(packed, 20, 200);
    }

    [Fact]
    public async Task Batch_without_records_is_answered()
    {
        Assert.Empty((await new ArchiveFunction(new ArchiveOptions(), _log.Log).HandleAsync(new FirehoseEvent(), new FakeContext())).Records);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("stream", false)]
    [InlineData(" archive ", true)]
    public void Task_is_chosen_by_name(string? task, bool isArchive) =>
        Assert.Equal(isArchive, ArchiveFunction.IsAsked(name => name == "FUNCTION_TASK" ? task : null));

    [Fact]
    public void Unknown_compression_stops_at_start()
    {
        Assert.Contains("ARCHIVE_COMPRESSION", Assert.Throws<InvalidOptionsException>(() => ArchiveOptions.Read(_ => "zip")).Message, StringComparison.Ordinal);
        Assert.True(ArchiveOptions.Read(_ => "gzip").Gzip);
    }

    private Task<FirehoseAnswer> HandleAsync(params (string Id, string Data)[] records) => HandleAsync(new ArchiveOptions(), records);

    private Task<FirehoseAnswer> HandleAsync(ArchiveOptions options, (string Id, string Data)[] records) =>
        new ArchiveFunction(options, _log.Log).HandleAsync(
            new FirehoseEvent { Records = [.. records.Select(r => new FirehoseRecord { RecordId = r.Id, Data = r.Data })] }, new FakeContext());

    private static byte[] Frame(params HostEvent[] events) => new FrameEncoder().Encode(Some.Frame(events));

    private static List<JsonElement> Lines(byte[] data) =>
        [.. Encoding.UTF8.GetString(data).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];

    private static byte[] Serialized(FirehoseAnswer answer)
    {
        using var stream = new MemoryStream();
        ArchiveJsonContext.CreateSerializer().Serialize(answer, stream);
        return stream.ToArray();
    }
}
