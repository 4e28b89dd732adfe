using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Wire.Model;
using Wire.Text;

namespace Wire.Codec;

/// <summary>
/// Turns bytes back into frames; <see cref="FrameEncoder"/> is its mirror, method for method. The format stands in
/// <c>docs/wire-format.md</c>.
/// </summary>
/// <remarks>
/// Made for hostile bytes: whatever they are, the answer is a frame or an error, never an exception, and memory is bounded by
/// <see cref="FrameFormat"/>'s limits. Fields and event kinds it does not know are stepped over. Thread-safe: calls share
/// nothing but texts that came before (<see cref="RecentTexts"/>). The frame does not refer to the bytes.
/// </remarks>
public sealed partial class FrameDecoder
{
    private FrameDecoder()
    {
    }

    /// <summary>Decodes <paramref name="bytes"/>, which must be one frame and nothing else.</summary>
    /// <returns>True with <paramref name="frame"/>, or false with <paramref name="error"/>: what is wrong, and where.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Frame? frame, out FrameError error)
    {
        var fault = default(FrameError);
        var reader = new WireReader(bytes, 0, bytes.Length, ref fault);
        CheckPrefix(bytes, reader);
        frame = null;
        if (!reader.Failed)
        {
            var decoder = new FrameDecoder();
            frame = decoder.Read(
                new WireReader(bytes, FrameFormat.PrefixBytes, bytes.Length - FrameFormat.ChecksumBytes, ref fault),
                (FrameFlags)bytes[FrameFormat.FlagsOffset]);
            decoder.GiveBackText();
        }

        error = fault;
        return frame is not null;
    }

    // The reverse of FrameEncoder.Assemble.
    private static void CheckPrefix(ReadOnlySpan<byte> bytes, WireReader reader)
    {
        var magic = FrameFormat.Magic;
        var begun = Math.Min(bytes.Length, magic.Length);
        if (!bytes[..begun].SequenceEqual(magic[..begun]))
        {
            reader.Fail(0, "not the first bytes of a frame", FrameErrorKind.NotAFrame);
        }
        else if (bytes.Length > FrameFormat.VersionOffset && bytes[FrameFormat.VersionOffset] != FrameFormat.FormatVersion)
        {
            reader.Fail(
                FrameFormat.VersionOffset,
                $"format version {bytes[FrameFormat.VersionOffset]}, this decoder knows {FrameFormat.FormatVersion}",
                FrameErrorKind.UnknownVersion);
        }
        else if (bytes.Length > FrameFormat.FlagsOffset && (bytes[FrameFormat.FlagsOffset] & ~(byte)FrameFlags.Known) != 0)
        {
            reader.Fail(FrameFormat.FlagsOffset, $"unknown flag in 0x{bytes[FrameFormat.FlagsOffset]:x2}", FrameErrorKind.UnknownFlag);
        }
        else if (bytes.Length < FrameFormat.PrefixBytes + FrameFormat.ChecksumBytes)
        {
            reader.Fail(bytes.Length, $"{bytes.Length} bytes cannot be a whole frame", FrameErrorKind.Truncated);
        }
        else
        {
            CheckLengthAndChecksum(bytes, reader);
        }
    }

    private static void CheckLengthAndChecksum(ReadOnlySpan<byte> bytes, WireReader reader)
    {
        var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[FrameFormat.LengthOffset..]);
        var checksum = BinaryPrimitives.ReadUInt32LittleEndian(bytes[^FrameFormat.ChecksumBytes..]);
        if (length > FrameFormat.MaxFrameBytes)
        {
            reader.Fail(FrameFormat.LengthOffset, $"{length} bytes, a frame may have {FrameFormat.MaxFrameBytes}", FrameErrorKind.TooLarge);
        }
        else if (bytes.Length < length)
        {
            reader.Fail(bytes.Length, $"{bytes.Length} of {length} bytes", FrameErrorKind.Truncated);
        }
        else if (bytes.Length > length)
        {
            reader.Fail((int)length, $"{bytes.Length - length} bytes after the frame's {length}");
        }
        else if (checksum != Checksum.Of(bytes[..^FrameFormat.ChecksumBytes]))
        {
            reader.Fail(bytes.Length - FrameFormat.ChecksumBytes, "the checksum does not fit the bytes before it", FrameErrorKind.BadChecksum);
        }
    }

    private Frame? Read(WireReader fields, FrameFlags flags)
    {
        var header = new Header();
        _isWellKnown = flags.HasFlag(FrameFlags.WellKnown);
        _strings = _isWellKnown ? WellKnownStrings.All : [];
        var last = flags.HasFlag(FrameFlags.Compressed) ? ReadPacked(ref fields, header) : 0;
        ReadFields(fields, header, last);
        if (_readEvents is null)
        {
            fields.Fail(fields.Position, "no events field");
        }

        return fields.Failed ? null : new Frame
        {
            Host = header.Host,
            Lane = header.Lane!.Value,
            Range = header.Range,
            BootTimeUnixNs = header.BootTimeUnixNs!.Value,
            Lost = header.Lost,
            Events = _readEvents!,
            Progress = header.Progress,
            Heartbeat = header.Heartbeat,
            Previous = header.Previous,
            UnknownEvents = _unknownEvents,
        };
    }

    // Fields whose ids are above `last`; returns the id of the last one.
    private uint ReadFields(WireReader fields, Header header, uint last)
    {
        var field = fields.NoField(last);
        while (fields.ReadField(ref field))
        {
            switch (field.Id)
            {
                case FrameField.HostId: header.HostId = ReadHostId(field); break;
                case FrameField.BootId: header.BootId = ReadBootId(field); break;
                case FrameField.HostName: header.HostName = ReadText(field); break;
                case FrameField.Cloud: header.Cloud = ReadCloud(field.Block(), header.HostId ?? ""); break;
                case FrameField.Lane: header.Lane = (Lane)field.Number(byte.MaxValue); break;
                case FrameField.RangeFirst: header.RangeFirst = field.Number(); break;
                case FrameField.RangeCount: header.RangeCount = field.Number(); break;
                case FrameField.BootTime: header.BootTimeUnixNs = field.Signed(); break;
                case FrameField.Lost: header.Lost = ReadLost(field.Block(), header.Range); break;
                case FrameField.Strings: ReadStrings(field.Block()); break;
                case FrameField.Actors: ReadActors(field.Block()); break;
                case FrameField.Files: ReadFiles(field.Block()); break;
                case FrameField.Processes: ReadProcesses(field.Block()); break;
                case FrameField.Events: header.CheckBeforeEvents(field); ReadEvents(field.Block(), header); break;
                case FrameField.Progress: header.Progress = ReadProgress(field.Block(), header.BootTimeUnixNs ?? 0); break;
                case FrameField.Heartbeat: header.Heartbeat = ReadHeartbeat(field.Block(), header.BootTimeUnixNs ?? 0); break;
                case FrameField.Previous: header.Previous = ReadPrevious(field); break;
                default: break;
            }
        }

        return field.Id;
    }

    private static string ReadText(in WireField field)
    {
        var text = KernelString.FromBytes(field.Bytes());
        if (text.Length > FrameFormat.MaxStringLength)
        {
            field.Fail($"holds a text of more than {FrameFormat.MaxStringLength} characters", FrameErrorKind.TooLarge);
        }

        return text;
    }

    private static string ReadHostId(in WireField field)
    {
        var hostId = KernelString.FromBytes(field.Bytes());
        if (hostId.Length is 0 or > FrameFormat.MaxHostIdLength)
        {
            field.Fail($"holds a host id of {hostId.Length} characters, allowed are 1 to {FrameFormat.MaxHostIdLength}");
        }

        return hostId;
    }

    private static Guid ReadBootId(in WireField field)
    {
        var bytes = field.Bytes();
        if (bytes.Length == 16)
        {
            return new Guid(bytes, bigEndian: true);
        }

        field.Fail($"holds a boot id of {bytes.Length} bytes instead of 16");
        return default;
    }

    private static FrameDigest? ReadPrevious(WireField field)
    {
        var bytes = field.Bytes();
        if (bytes.Length == FrameDigest.Length)
        {
            return FrameDigest.Read(bytes);
        }

        field.Fail($"holds a digest of {bytes.Length} bytes instead of {FrameDigest.Length}");
        return null;
    }

    private static CloudIdentity ReadCloud(WireReader fields, string hostId)
    {
        string accountId = "", zone = "", instanceType = "", instanceId = hostId;
        string? region = null;
        var field = fields.NoField();
        while (fields.ReadField(ref field))
        {
            switch (field.Id)
            {
                case CloudField.AccountId: accountId = ReadText(field); break;
                case CloudField.AvailabilityZone: zone = ReadText(field); break;
                case CloudField.Region: region = ReadText(field); break;
                case CloudField.InstanceId: instanceId = ReadText(field); break;
                case CloudField.InstanceType: instanceType = ReadText(field); break;
                default: break;
            }
        }

        return new CloudIdentity(accountId, region ?? UsualValues.Region(zone).ToString(), zone, instanceId, instanceType);
    }

    private static LostRange[] ReadLost(WireReader block, SequenceRange within)
    {
        var lost = new LostRange[block.ReadCount(FrameFormat.MaxLostRanges, minBytes: 3, "lost ranges")];
        var next = within.First;
        for (var i = 0; i < lost.Length; i++)
        {
            var start = block.Position;
            var (gap, more) = (block.ReadVarint(), block.ReadVarint());
            var cause = block.ReadVarint(byte.MaxValue, "a cause of loss");
            if ((UInt128)next + gap + more > within.Last)
            {
                block.Fail(start, "a lost range ends after the frame's range");
                return lost;
            }

            lost[i] = new LostRange(new SequenceRange(next + gap, next + gap + more), (LossCause)cause);
            next += gap + more + 1;
        }

        block.ExpectEnd("the lost ranges");
        return lost;
    }

    private static LaneProgress[] ReadProgress(WireReader block, long bootTimeUnixNs)
    {
        var progress = new LaneProgress[block.ReadCount(FrameFormat.MaxLanes, minBytes: 3, "lanes with progress")];
        for (var i = 0; i < progress.Length && !block.Failed; i++)
        {
            var start = block.Position;
            var lane = (Lane)block.ReadVarint(byte.MaxValue, "a lane with progress");
            var last = block.ReadVarint(FrameFormat.MaxSequence, "a number with progress");
            var untilBootNs = block.ReadVarint();
            if (i > 0 && lane <= progress[i - 1].Lane)
            {
                block.Fail(start, $"progress of lane {lane} after that of lane {progress[i - 1].Lane}: lanes must ascend");
            }
            else if ((Int128)bootTimeUnixNs + untilBootNs > long.MaxValue)
            {
                block.Fail(start, "progress until after the year 2262");
            }

            progress[i] = new LaneProgress(lane, last, untilBootNs);
        }

        block.ExpectEnd("the progress");
        return progress;
    }
}
