using System.Text;
using AlertLambda.Intake;
using Amazon.Lambda.KinesisEvents;

namespace AlertLambda.Tests.Intake;

public sealed class KinesisEventJsonTests
{
    [Theory]
    [InlineData("\"NONE\"")]
    [InlineData("\"KMS\"")]
    [InlineData("\"SOMETHING_NEW\"")]
    [InlineData("null")]
    [InlineData("{\"of\":[1]}")]
    public void Event_with_encryption_type_and_unknown_members_is_read(string encryptionType)
    {
        var records = Read(
            $$$"""
            {"Records":[{"kinesis":{"kinesisSchemaVersion":"1.0","partitionKey":"i-1","sequenceNumber":"49590338271490256608559692538361571095921575989136588898",
             "data":"AQID","approximateArrivalTimestamp":1545084650.987,"encryptionType":{{{encryptionType}}},"brandNew":[{}]},
             "eventSource":"aws:kinesis","eventVersion":"1.0","eventID":"shardId-000000000006:49590338271490256608559692538361571095921575989136588898",
             "eventName":"aws:kinesis:record","invokeIdentityArn":"arn:aws:iam::123456789012:role/r","awsRegion":"us-east-2",
             "eventSourceARN":"arn:aws:kinesis:us-east-2:123456789012:stream/s","alsoNew":{"x":1}}],"window":null}
            """);

        var record = Assert.Single(records);
        Assert.Equal("shardId-000000000006", record.ShardId);
        Assert.Equal("49590338271490256608559692538361571095921575989136588898", record.SequenceNumber);
        Assert.Equal("i-1", record.PartitionKey);
        Assert.Equal([1, 2, 3], record.Data.ToArray());
    }

    [Fact]
    public void Event_without_records_reads_as_empty() => Assert.Empty(Read("{}"));

    [Fact]
    public void Response_names_the_failed_record()
    {
        using var stream = new MemoryStream();
        FunctionJsonContext.CreateSerializer().Serialize(
            new StreamsEventResponse { BatchItemFailures = [new StreamsEventResponse.BatchItemFailure { ItemIdentifier = "42" }] }, stream);

        Assert.Equal("{\"batchItemFailures\":[{\"itemIdentifier\":\"42\"}]}", Encoding.UTF8.GetString(stream.ToArray()));
    }

    private static IReadOnlyList<StreamRecord> Read(string json)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        return KinesisIntake.Records(FunctionJsonContext.CreateSerializer().Deserialize<KinesisEvent>(stream));
    }
}
