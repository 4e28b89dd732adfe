using System.Text.Json;
using Amazon.Kinesis.Model;
using Support.Servers;

namespace Support.Lambda;

/// <summary>
/// Writes the event of a batch byte for byte as Lambda does: its member names, its order, arrival times in epoch seconds.
/// </summary>
public static class KinesisEventJson
{
    /// <param name="streamArn">The stream.</param>
    /// <param name="shardId">The shard all records are from.</param>
    /// <param name="records">The records, oldest first.</param>
    /// <param name="encryptionType">The member of that name, or <c>null</c> to leave it out.</param>
    public static byte[] Write(string streamArn, string shardId, IEnumerable<Record> records, string? encryptionType = null)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteStartArray("Records");
            foreach (var record in records)
            {
                WriteRecord(json, streamArn, shardId, record, encryptionType);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    private static void WriteRecord(Utf8JsonWriter json, string streamArn, string shardId, Record record, string? encryptionType)
    {
        json.WriteStartObject();
        json.WriteStartObject("kinesis");
        json.WriteString("kinesisSchemaVersion", "1.0");
        json.WriteString("partitionKey", record.PartitionKey);
        json.WriteString("sequenceNumber", record.SequenceNumber);
        json.WriteBase64String("data", record.Data!.ToArray());
        json.WriteNumber("approximateArrivalTimestamp", Seconds(record.ApproximateArrivalTimestamp));
        if (encryptionType is not null)
        {
            json.WriteString("encryptionType", encryptionType);
        }

        json.WriteEndObject();
        json.WriteString("eventSource", "aws:kinesis");
        json.WriteString("eventVersion", "1.0");
        json.WriteString("eventID", $"{shardId}:{record.SequenceNumber}");
        json.WriteString("eventName", "aws:kinesis:record");
        json.WriteString("invokeIdentityArn", $"arn:aws:iam::{DummyAws.AccountId}:role/function-role");
        json.WriteString("awsRegion", DummyAws.Region);
        json.WriteString("eventSourceARN", streamArn);
        json.WriteEndObject();
    }

    private static double Seconds(DateTime? time) =>
        ((time ?? DateTime.UnixEpoch).ToUniversalTime() - DateTime.UnixEpoch).TotalSeconds;
}
