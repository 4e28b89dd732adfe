using Wire.Codec;
using Wire.Model;

namespace Detection.State;

/// <summary>Reads what <see cref="EventTableWriter"/> wrote.</summary>
internal static class EventTableReader
{
    /// <summary>The events by number.</summary>
    public static HostEvent[] Read(StateReader reader)
    {
        var count = reader.ReadCount();
        var events = new SortedDictionary<int, HostEvent>();
        _ = reader.ReadList(() => Put(events, reader.ReadCount(count - 1), FieldEventCodec.Read(reader)));
        _ = reader.ReadList(() => ReadFrame(reader, count, events));
        return events.Count == count ? [.. events.Values] : throw new InvalidDataException($"{count - events.Count} events are missing");
    }

    private static bool ReadFrame(StateReader reader, int count, SortedDictionary<int, HostEvent> events)
    {
        var length = reader.ReadCount(FrameFormat.MaxFrameBytes);
        var bytes = reader.ReadBytes(length);
        if (!FrameDecoder.TryDecode(bytes, out var frame, out var error))
        {
            throw new InvalidDataException($"the events cannot be decoded: {error}");
        }

        foreach (var e in frame.Events)
        {
            Put(events, reader.ReadCount(count - 1), e);
        }

        return true;
    }

    private static bool Put(SortedDictionary<int, HostEvent> events, int number, HostEvent e) =>
        events.TryAdd(number, e) ? true : throw new InvalidDataException($"event {number} stands twice");
}
