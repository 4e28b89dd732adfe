using Detection.Correlation;
using Detection.Correlation.Telemetry;

namespace Detection.State;

/// <summary>What a correlation over several hosts knows of the hosts.</summary>
internal static class MarksCodec
{
    public static void Write(StateWriter writer, HostMarks marks) => writer.WriteList(marks.Marks, entry =>
    {
        writer.Write(entry.Key);
        writer.Write(entry.Value.DueNs);
        writer.WriteList(entry.Value.Losses, loss =>
        {
            writer.Write(loss.StartNs);
            writer.Write(loss.AfterNs);
            writer.Write(loss.ToldNs);
        });
    });

    public static void Read(StateReader reader, HostMarks marks) => _ = reader.ReadList(() =>
    {
        var hostId = reader.ReadString();
        var dueNs = reader.ReadInt64();
        var losses = reader.ReadList(() => new LossSpan(reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64()));
        return marks.Set(hostId, HostMark.Of(losses, dueNs), long.MinValue);
    });
}
