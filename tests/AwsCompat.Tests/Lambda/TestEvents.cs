using System.Globalization;
using System.Text;
using Support.Lambda;
using Record = Amazon.Kinesis.Model.Record;

namespace AwsCompat.Tests.Lambda;

/// <summary>Kinesis events for the test function.</summary>
internal static class TestEvents
{
    /// <summary>One record per text, numbered from 1001 on.</summary>
    public static byte[] Of(params string[] texts) => KinesisEventJson.Write(
        "arn:aws:kinesis:us-east-1:000000000000:stream/s",
        "shardId-000000000000",
        texts.Select((text, i) => new Record
        {
            PartitionKey = "host-1",
            SequenceNumber = (1001 + i).ToString(CultureInfo.InvariantCulture),
            Data = new MemoryStream(Encoding.UTF8.GetBytes(text)),
            ApproximateArrivalTimestamp = new DateTime(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc),
        }));
}
