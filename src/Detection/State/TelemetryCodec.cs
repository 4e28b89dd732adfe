using Detection.Correlation;
using Detection.Correlation.Telemetry;
using Wire.Model;

namespace Detection.State;

/// <summary>Which events of a host were seen.</summary>
internal static class TelemetryCodec
{
    public static void Write(StateWriter writer, HostTelemetry telemetry)
    {
        WritePlace(writer, telemetry.Latest);
        writer.Write(telemetry.WatermarkNs);
        writer.WriteList(telemetry.Boots, boot =>
        {
            writer.WriteGuid(boot.Key);
            writer.Write(boot.Value.OldestNs);
            writer.Write(boot.Value.NewestNs);
            WriteDigest(writer, boot.Value.NewestFrame);
            writer.WriteList(boot.Value.LaneIds, lane =>
            {
                writer.Write((byte)lane);
                WriteLane(writer, boot.Value[lane]);
            });
        });
    }

    public static void Read(StateReader reader, HostTelemetry telemetry)
    {
        telemetry.Latest = ReadPlace(reader);
        telemetry.WatermarkNs = reader.ReadInt64();
        _ = reader.ReadList(() =>
        {
            var boot = telemetry.Boot(reader.ReadGuid());
            boot.OldestNs = reader.ReadInt64();
            boot.NewestNs = reader.ReadInt64();
            boot.NewestFrame = ReadDigest(reader);
            _ = reader.ReadList(() => ReadLane(reader, boot[(Lane)reader.ReadByte()]));

            return boot;
        });
    }

    public static void WritePlace(StateWriter writer, EventPlace place)
    {
        writer.Write(place.TimeNs);
        writer.Write(place.Id.HostId ?? "");
        writer.WriteGuid(place.Id.BootId);
        writer.Write((byte)place.Id.Lane);
        writer.Write(place.Id.Sequence);
    }

    public static EventPlace ReadPlace(StateReader reader) =>
        new(reader.ReadInt64(), new EventId(reader.ReadString(), reader.ReadGuid(), (Lane)reader.ReadByte(), reader.ReadUInt64()));

    private static void WriteDigest(StateWriter writer, FrameDigest? digest)
    {
        writer.Write(digest is not null);
        if (digest is { } known)
        {
            Span<byte> bytes = stackalloc byte[FrameDigest.Length];
            known.Write(bytes);
            writer.Write(bytes);
        }
    }

    private static FrameDigest? ReadDigest(StateReader reader)
    {
        if (!reader.ReadBoolean())
        {
            return null;
        }

        var bytes = reader.ReadBytes(FrameDigest.Length);
        return bytes.Length == FrameDigest.Length ? FrameDigest.Read(bytes) : throw new EndOfStreamException();
    }

    private static void WriteLane(StateWriter writer, LaneTrack lane)
    {
        writer.Write(lane.Base);
        writer.Write(lane.ProgressLast);
        writer.Write(lane.ProgressSinceNs);
        writer.Write(lane.ProgressNs);
        writer.WriteList(lane.Segments, segment =>
        {
            writer.Write(segment.First);
            writer.Write(segment.Last);
            writer.Write((byte)segment.Kind);
            writer.Write(segment.FirstTimeNs);
            writer.Write(segment.LastTimeNs);
        });
    }

    private static LaneTrack ReadLane(StateReader reader, LaneTrack lane)
    {
        if (lane.Segments.Count > 0)
        {
            throw new InvalidDataException("a boot stands twice");
        }

        // A hole that begins with 0 could not be filled.
        lane.Base = Math.Max(1, reader.ReadUInt64());
        var (progressLast, sinceNs, untilNs) = (reader.ReadUInt64(), reader.ReadInt64(), reader.ReadInt64());
        if (sinceNs != Segment.NoTime)
        {
            lane.NoteProgress(progressLast, sinceNs);
            lane.NoteProgress(progressLast, untilNs);
        }

        // Logs may count from 0.
        ulong? last = null;
        _ = reader.ReadList(() =>
        {
            var segment = new Segment(
                reader.ReadUInt64(), reader.ReadUInt64(), reader.ReadEnum<SegmentKind>(), reader.ReadInt64(), reader.ReadInt64());
            if (segment.First <= last || segment.Last < segment.First)
            {
                throw new InvalidDataException("the numbers of a lane do not ascend");
            }

            lane.Restore(segment);
            last = segment.Last;
            return last;
        });
        return lane;
    }
}
