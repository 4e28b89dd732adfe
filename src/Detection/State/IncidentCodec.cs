using Detection.Correlation;
using Detection.Findings;

namespace Detection.State;

/// <summary>The open incidents of a rule in one partition.</summary>
internal static class IncidentCodec
{
    public static void Write(StateWriter writer, IncidentLog log) =>
        writer.WriteList([.. log.Groups], group =>
        {
            writer.Write(group.Key);
            writer.WriteList(group.Value.Values, writer.Write);
            writer.WriteList(group.Value.Spans, span =>
            {
                writer.Write(span.Id);
                TelemetryCodec.WritePlace(writer, span.First);
                TelemetryCodec.WritePlace(writer, span.Last);
                writer.Write7BitEncodedInt64(span.Firings);
                writer.Write((byte)span.Verdict);
            });
        });

    public static void Read(StateReader reader, IncidentLog log, int values) =>
        reader.ReadList(() =>
        {
            var key = reader.ReadString();
            var shown = reader.ReadList(reader.ReadString);
            var group = shown.Count == values
                ? log.Touch(key, [.. shown])
                : throw new InvalidDataException($"an incident has {shown.Count} group values, not {values}");
            return reader.ReadList(() =>
            {
                var span = new IncidentSpan
                {
                    Id = reader.ReadString(),
                    First = TelemetryCodec.ReadPlace(reader),
                    Last = TelemetryCodec.ReadPlace(reader),
                    Firings = reader.Read7BitEncodedInt64(),
                    Verdict = reader.ReadEnum<Verdict>(),
                };
                log.Restore(key, group, span);
                return span;
            });
        });
}
