using AlertLambda.Logging;
using Wire.Codec;
using Wire.Text;

namespace AlertLambda.Intake;

/// <summary>Keeps a record as log lines: <c>event</c> = <c>quarantine</c>, the bytes in base64, in as many parts as needed.</summary>
/// <param name="log">Where to.</param>
public sealed class LogQuarantine(JsonLog log) : IQuarantine
{
    /// <summary>Bytes of a record per line. Base64 makes 171 KiB of it; CloudWatch Logs takes 256 KiB per line.</summary>
    public const int PartBytes = 128 * 1024;

    /// <inheritdoc/>
    public Task KeepAsync(StreamRecord record, FrameError error, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        var parts = Math.Max(1, (record.Data.Length + PartBytes - 1) / PartBytes);
        for (var part = 0; part < parts; part++)
        {
            var bytes = record.Data.Slice(part * PartBytes, Math.Min(PartBytes, record.Data.Length - (part * PartBytes)));
            log.Write(LogLevel.Warning, "quarantine", json =>
            {
                json.WriteString("shard", SafeText.Escape(record.ShardId));
                json.WriteString("sequenceNumber", record.SequenceNumber);
                json.WriteString("partitionKey", SafeText.Escape(record.PartitionKey));
                json.WriteString("error", error.Kind.ToString());
                json.WriteNumber("offset", error.Offset);
                json.WriteString("message", SafeText.Escape(error.Message));
                json.WriteNumber("bytes", record.Data.Length);
                json.WriteNumber("part", part + 1);
                json.WriteNumber("parts", parts);
                json.WriteBase64String("data", bytes.Span);
            });
        }

        return Task.CompletedTask;
    }
}
