using Amazon.Lambda.KinesisEvents;

namespace AlertLambda.Intake;

/// <summary>Takes the records out of the event that triggers the function.</summary>
public static class KinesisIntake
{
    /// <summary>The records in the order of the event. A member that is missing reads as empty: such a record ends in quarantine.</summary>
    public static IReadOnlyList<StreamRecord> Records(KinesisEvent kinesisEvent)
    {
        ArgumentNullException.ThrowIfNull(kinesisEvent);
        return kinesisEvent.Records is { } records ? [.. records.Select(Record)] : [];
    }

    private static StreamRecord Record(KinesisEvent.KinesisEventRecord record) => new(
        ShardOf(record.EventId),
        record.Kinesis?.SequenceNumber,
        record.Kinesis?.PartitionKey ?? "",
        record.Kinesis?.Data is { } data ? data.ToArray() : default(ReadOnlyMemory<byte>))
    {
        Stream = StreamOf(record.EventSourceARN),
        ArrivedAt = record.Kinesis?.ApproximateArrivalTimestamp is { } time ? new DateTimeOffset(time.ToUniversalTime(), TimeSpan.Zero) : null,
    };

    // The ARN of a stream ends in "stream/<name>".
    private static string? StreamOf(string? arn) =>
        arn is not null && arn.LastIndexOf('/') is var slash and > 0 && slash + 1 < arn.Length ? arn[(slash + 1)..] : null;

    // An event id is "<shard>:<sequence number>".
    private static string ShardOf(string? eventId) =>
        eventId is not null && eventId.IndexOf(':', StringComparison.Ordinal) is var colon and > 0 ? eventId[..colon] : "";
}
