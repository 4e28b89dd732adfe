using System.Text;
using AlertLambda.Intake;
using Amazon.S3.Model;
using Support.Servers;
using Wire.Codec;

namespace AlertLambda.Tests.Intake;

public sealed class S3QuarantineTests(FauxqsServer server) : IClassFixture<FauxqsServer>, IDisposable
{
    private static readonly byte[] Bytes = Encoding.UTF8.GetBytes("not a frame\n\u202e");
    private static readonly FrameError Error = new(FrameErrorKind.NotAFrame, 3, "no magic:\n\u202e x");

    private readonly LogLines _log = new();

    public void Dispose() => _log.Dispose();

    [EmulatorFact]
    public async Task Record_is_an_object_with_its_bytes_and_its_metadata_and_the_same_one_twice_is_one_object()
    {
        var bucket = await server.CreateBucketAsync("quarantined");
        var quarantine = new S3Quarantine(server.S3, bucket, new LogQuarantine(_log.Log), _log.Log);
        var record = new StreamRecord("shardId-000000000006", "4957", "host\n\u202e", Bytes) { ArrivedAt = new DateTimeOffset(2026, 11, 26, 15, 0, 1, TimeSpan.Zero) };

        await quarantine.KeepAsync(record, Error, default);
        await quarantine.KeepAsync(record, Error, default);

        var objects = await server.S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket });
        var key = Assert.Single(objects.S3Objects).Key;
        Assert.Equal("quarantine/2026/11/26/shardId-000000000006/4957.bin", key);
        using var kept = await server.S3.GetObjectAsync(bucket, key);
        using var bytes = new MemoryStream();
        await kept.ResponseStream.CopyToAsync(bytes);
        Assert.Equal(Bytes, bytes.ToArray());
        Assert.Equal(("NotAFrame", "3", "4957"), (kept.Metadata["error"], kept.Metadata["offset"], kept.Metadata["sequence"]));
        Assert.Equal("host\\x0a\\u{202e}", kept.Metadata["partition-key"]);
        Assert.StartsWith("2026-11-26T15:00:01", kept.Metadata["arrived"], StringComparison.Ordinal);
        Assert.Equal(key, _log.Of("quarantine")[0].GetProperty("key").GetString());
    }

    [EmulatorFact]
    public async Task Record_without_number_or_with_a_forged_one_goes_by_its_bytes()
    {
        var bucket = await server.CreateBucketAsync("unnumbered");
        var quarantine = new S3Quarantine(server.S3, bucket, new LogQuarantine(_log.Log), _log.Log);

        await quarantine.KeepAsync(new StreamRecord("../..", null, "", Bytes), Error, default);
        await quarantine.KeepAsync(new StreamRecord("../..", "../1", "", Bytes), Error, default);

        var objects = await server.S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket });
        Assert.StartsWith("quarantine/undated/shard-unknown/", Assert.Single(objects.S3Objects).Key, StringComparison.Ordinal);
    }

    [EmulatorFact]
    public async Task Where_the_bucket_refuses_the_bytes_are_in_the_log()
    {
        var quarantine = new S3Quarantine(server.S3, "no-such-bucket", new LogQuarantine(_log.Log), _log.Log);

        await quarantine.KeepAsync(new StreamRecord("shard", "1", "host", Bytes), Error, default);

        Assert.Single(_log.Of("quarantine-refused"));
        Assert.Equal(Bytes, Assert.Single(_log.Of("quarantine")).GetProperty("data").GetBytesFromBase64());
    }

    [EmulatorFact]
    public async Task Bucket_that_cannot_be_reached_ends_the_batch_at_the_record()
    {
        using var client = FauxqsServer.NewS3(new Uri("http://127.0.0.1:9/"));
        using var function = new FunctionUnderTest { Quarantine = new S3Quarantine(client, "bucket", new LogQuarantine(_log.Log), _log.Log) };
        function.Restart();

        Assert.Equal(["2"], await function.HandleAsync(FunctionUnderTest.Batch(FunctionUnderTest.Alarming(1), Bytes, FunctionUnderTest.Alarming(2))));

        Assert.Equal(2, function.Publisher.Published.Count);
        Assert.Equal("NotKept", Assert.Single(function.Log.Of("invocation")).GetProperty("stopped").GetString());
    }
}
