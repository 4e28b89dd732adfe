using System.Text.Json;
using Amazon.Kinesis.Model;
using Amazon.Runtime.Internal;

namespace Amazon.Kinesis.Internal;

/// <summary>The operations on streams and their shards.</summary>
internal static class StreamOperations
{
    public static readonly InvokeOptions CreateStream = JsonOperation.Create<CreateStreamRequest, CreateStreamResponse>(
        "CreateStream",
        static (json, request) =>
        {
            json.Optional("ShardCount", request.ShardCount);
            json.Optional("StreamName", request.StreamName);
            if (request.StreamModeDetails is { } mode)
            {
                json.WriteStartObject("StreamModeDetails");
                json.Optional("StreamMode", mode.StreamMode?.Value);
                json.WriteEndObject();
            }
        });

    public static readonly InvokeOptions DeleteStream = JsonOperation.Create<DeleteStreamRequest, DeleteStreamResponse>(
        "DeleteStream",
        static (json, request) =>
        {
            json.Optional("EnforceConsumerDeletion", request.EnforceConsumerDeletion);
            json.Optional("StreamARN", request.StreamARN);
            json.Optional("StreamName", request.StreamName);
        });

    public static readonly InvokeOptions DescribeStreamSummary =
        JsonOperation.Create<DescribeStreamSummaryRequest, DescribeStreamSummaryResponse>(
            "DescribeStreamSummary",
            static (json, request) =>
            {
                json.Optional("StreamARN", request.StreamARN);
                json.Optional("StreamName", request.StreamName);
            },
            static (json, response) => response.StreamDescriptionSummary = json.Object("StreamDescriptionSummary", Summary));

    public static readonly InvokeOptions ListShards = JsonOperation.Create<ListShardsRequest, ListShardsResponse>(
        "ListShards",
        static (json, request) =>
        {
            json.Optional("MaxResults", request.MaxResults);
            json.Optional("NextToken", request.NextToken);
            json.Optional("StreamARN", request.StreamARN);
            json.Optional("StreamName", request.StreamName);
        },
        static (json, response) =>
        {
            response.NextToken = json.Text("NextToken");
            response.Shards = json.List("Shards", ShardOf);
        });

    private static StreamDescriptionSummary Summary(JsonElement json) => new()
    {
        ConsumerCount = json.Int("ConsumerCount"),
        EncryptionType = json.Text("EncryptionType"),
        KeyId = json.Text("KeyId"),
        OpenShardCount = json.Int("OpenShardCount"),
        RetentionPeriodHours = json.Int("RetentionPeriodHours"),
        StreamARN = json.Text("StreamARN"),
        StreamCreationTimestamp = json.Time("StreamCreationTimestamp"),
        StreamModeDetails = json.Object("StreamModeDetails", static mode => new StreamModeDetails { StreamMode = mode.Text("StreamMode") }),
        StreamName = json.Text("StreamName"),
        StreamStatus = json.Text("StreamStatus"),
    };

    private static Shard ShardOf(JsonElement json) => new()
    {
        ShardId = json.Text("ShardId"),
        ParentShardId = json.Text("ParentShardId"),
        AdjacentParentShardId = json.Text("AdjacentParentShardId"),
        HashKeyRange = json.Object("HashKeyRange", static range => new HashKeyRange
        {
            StartingHashKey = range.Text("StartingHashKey"),
            EndingHashKey = range.Text("EndingHashKey"),
        }),
        SequenceNumberRange = json.Object("SequenceNumberRange", static range => new SequenceNumberRange
        {
            StartingSequenceNumber = range.Text("StartingSequenceNumber"),
            EndingSequenceNumber = range.Text("EndingSequenceNumber"),
        }),
    };
}
