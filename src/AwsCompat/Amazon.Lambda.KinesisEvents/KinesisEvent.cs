namespace Amazon.Lambda.KinesisEvents;

/// <summary>A batch of records from one shard, in shard order, as the event source mapping hands it to a function.</summary>
public class KinesisEvent
{
    /// <summary>The records, oldest first; <c>null</c> if the event has no such member.</summary>
    public IList<KinesisEventRecord>? Records { get; set; }

    /// <summary>A stream record and where it came from.</summary>
    public class KinesisEventRecord
    {
        /// <summary>The region of the stream.</summary>
        public string? AwsRegion { get; set; }

        /// <summary>Shard id and sequence number, joined by a colon; unique in the stream.</summary>
        public string? EventId { get; set; }

        /// <summary>Always <c>aws:kinesis:record</c>.</summary>
        public string? EventName { get; set; }

        /// <summary>Always <c>aws:kinesis</c>.</summary>
        public string? EventSource { get; set; }

        /// <summary>The ARN of the stream, or of the consumer with enhanced fan-out.</summary>
        public string? EventSourceARN { get; set; }

        /// <summary>The version of this envelope, <c>1.0</c>.</summary>
        public string? EventVersion { get; set; }

        /// <summary>The role under which the mapping reads.</summary>
        public string? InvokeIdentityArn { get; set; }

        /// <summary>The record itself; <c>null</c> if the event has no such member.</summary>
        public Record? Kinesis { get; set; }
    }

    /// <summary>The stream record as the Kinesis client knows it, with the version of its form.</summary>
    public class Record : Amazon.Kinesis.Model.Record
    {
        /// <summary>The version of the record's form, <c>1.0</c>.</summary>
        public string? KinesisSchemaVersion { get; set; }
    }
}
