using System.Text.Json;
using Amazon.Kinesis.Model;
using Amazon.Runtime.Internal;

namespace Amazon.Kinesis.Internal;

/// <summary>The operations that write and read records.</summary>
internal static class RecordOperations
{
    public static readonly InvokeOptions PutRecord = JsonOperation.Create<PutRecordRequest, PutRecordResponse>(
        "PutRecord",
        static (json, request) =>
        {
            json.Optional("Data", request.Data);
            json.Optional("ExplicitHashKey", request.ExplicitHashKey);
            json.Optional("PartitionKey", request.PartitionKey);
            json.Optional("SequenceNumberForOrdering", request.SequenceNumberForOrdering);
            json.Optional("StreamARN", request.StreamARN);
            json.Optional("StreamName", request.StreamName);
        },
        static (json, response) =>
        {
            response.EncryptionType = json.Text("EncryptionType");
            response.SequenceNumber = json.Text("SequenceNumber");
            response.ShardId = json.Text("ShardId");
        });

    public static readonly InvokeOptions GetShardIterator = JsonOperation.Create<GetShardIteratorRequest, GetShardIteratorResponse>(
        "GetShardIterator",
        static (json, request) =>
        {
            json.Optional("ShardId", request.ShardId);
            json.Optional("ShardIteratorType", request.ShardIteratorType?.Value);
            json.Optional("StartingSequenceNumber", request.StartingSequenceNumber);
            json.Optional("StreamARN", request.StreamARN);
            json.Optional("StreamName", request.StreamName);
            json.Optional("Timestamp", request.Timestamp);
        },
        static (json, response) => response.ShardIterator = json.Text("ShardIterator"));

    public static readonly InvokeOptions GetRecords = JsonOperation.Create<GetRecordsRequest, GetRecordsResponse>(
        "GetRecords",
        static (json, request) =>
        {
            json.Optional("Limit", request.Limit);
            json.Optional("ShardIterator", request.ShardIterator);
            json.Optional("StreamARN", request.StreamARN);
        },
        static (json, response) =>
        {
            response.MillisBehindLatest = json.Long("MillisBehindLatest");
            response.NextShardIterator = json.Text("NextShardIterator");
            response.Records = json.List("Records", RecordOf);
        });

    private static Record RecordOf(JsonElement json) => new()
    {
        ApproximateArrivalTimestamp = json.Time("ApproximateArrivalTimestamp"),
        Data = json.Blob("Data"),
        EncryptionType = json.Text("EncryptionType"),
        PartitionKey = json.Text("PartitionKey"),
        SequenceNumber = json.Text("SequenceNumber"),
    };
}
