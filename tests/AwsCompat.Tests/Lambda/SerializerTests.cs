using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Kinesis;
using Amazon.Lambda.KinesisEvents;
using Amazon.Lambda.Serialization.SystemTextJson;

namespace AwsCompat.Tests.Lambda;

public sealed class SerializerTests
{
    private readonly SourceGeneratorLambdaJsonSerializer<TestJson> _serializer = new();

    [Fact]
    public void Event_of_Lambda_is_read_with_all_its_members()
    {
        var record = Assert.Single(Read(_serializer, TestEvents.Of("hello")).Records!);

        Assert.Equal("shardId-000000000000:1001", record.EventId);
        Assert.Equal("aws:kinesis", record.EventSource);
        Assert.Equal("aws:kinesis:record", record.EventName);
        Assert.Equal("1.0", record.EventVersion);
        Assert.Equal("us-east-1", record.AwsRegion);
        Assert.Equal("arn:aws:kinesis:us-east-1:000000000000:stream/s", record.EventSourceARN);
        Assert.Equal("arn:aws:iam::000000000000:role/function-role", record.InvokeIdentityArn);
        Assert.Equal("1.0", record.Kinesis!.KinesisSchemaVersion);
        Assert.Equal("host-1", record.Kinesis.PartitionKey);
        Assert.Equal("1001", record.Kinesis.SequenceNumber);
        Assert.Equal("hello", Encoding.UTF8.GetString(record.Kinesis.Data!.ToArray()));
        Assert.Equal(
            new DateTime(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc),
            record.Kinesis.ApproximateArrivalTimestamp!.Value,
            TimeSpan.FromMilliseconds(1));
        Assert.Null(record.Kinesis.EncryptionType);
    }

    [Fact]
    public void Unknown_members_do_no_harm()
    {
        var json = """{"Records":[{"kinesis":{"data":"AQ==","sequenceNumber":"7","later":{"x":[1]}},"new":null}]}"""u8;

        Assert.Equal("7", Assert.Single(Read(_serializer, json.ToArray()).Records!).Kinesis!.SequenceNumber);
    }

    [Fact]
    public void Encryption_type_without_a_converter_fails_the_batch_as_the_official_serializer_does()
    {
        var json = """{"Records":[{"kinesis":{"encryptionType":"NONE","sequenceNumber":"7"}}]}"""u8.ToArray();

        var refused = Assert.Throws<JsonSerializerException>(() => Read(_serializer, json));

        Assert.Contains("EncryptionType", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Converter_added_by_the_function_wins()
    {
        // The shield a function needs under the official packages: docs/decisions/0002.
        var shielded = new SourceGeneratorLambdaJsonSerializer<TestJson>(options => options.Converters.Add(new IgnoringConverter()));

        var read = Read(shielded, """{"Records":[{"kinesis":{"encryptionType":"NONE","sequenceNumber":"7"}}]}"""u8.ToArray());

        Assert.Equal(EncryptionType.KMS, read.Records![0].Kinesis!.EncryptionType);
    }

    [Fact]
    public void Response_is_written_in_camel_case()
    {
        using var bytes = new MemoryStream();

        _serializer.Serialize(new StreamsEventResponse { BatchItemFailures = [new() { ItemIdentifier = "1" }] }, bytes);

        Assert.Equal("""{"batchItemFailures":[{"itemIdentifier":"1"}]}""", Encoding.UTF8.GetString(bytes.ToArray()));
    }

    [Fact]
    public void Type_outside_the_context_is_named_in_the_error()
    {
        using var bytes = new MemoryStream();

        var error = Assert.Throws<JsonSerializerException>(() => _serializer.Serialize(new Uri("http://127.0.0.1/"), bytes));

        Assert.Contains("System.Uri", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"Records":[{"kinesis":{"data":"not base64!"}}]}""")]
    [InlineData("""{"Records":[{"kinesis":{"approximateArrivalTimestamp":1e300}}]}""")]
    public void Bytes_that_are_no_event_give_JsonSerializerException(string json) =>
        Assert.Throws<JsonSerializerException>(() => Read(_serializer, Encoding.UTF8.GetBytes(json)));

    private static KinesisEvent Read(SourceGeneratorLambdaJsonSerializer<TestJson> serializer, byte[] json)
    {
        using var stream = new MemoryStream(json);
        return serializer.Deserialize<KinesisEvent>(stream);
    }

    private sealed class IgnoringConverter : JsonConverter<EncryptionType>
    {
        public override EncryptionType Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            EncryptionType.KMS;

        public override void Write(Utf8JsonWriter writer, EncryptionType value, JsonSerializerOptions options) =>
            writer.WriteNullValue();
    }
}
