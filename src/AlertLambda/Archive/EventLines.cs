using System.Buffers;
using System.IO.Compression;
using System.Text.Json;
using AlertLambda.Ocsf;
using Wire.Model;

namespace AlertLambda.Archive;

/// <summary>The events of a frame as OCSF JSON lines. Not thread-safe: its buffer is used again.</summary>
internal sealed class EventLines
{
    private readonly ArrayBufferWriter<byte> _lines = new();

    /// <summary>One line for each event, in the frame's order, each ended by LF; ASCII only.</summary>
    /// <returns>False when they would be longer than <paramref name="maxBytes"/>: then nothing of them may be used.</returns>
    /// <param name="frame">The frame.</param>
    /// <param name="maxBytes">Bound.</param>
    /// <param name="lines">Valid until the next call.</param>
    internal bool TryWrite(Frame frame, int maxBytes, out ReadOnlyMemory<byte> lines)
    {
        _lines.ResetWrittenCount();
        foreach (var e in frame.Events)
        {
            using (var json = new Utf8JsonWriter(_lines, OcsfWriter.Options))
            {
                OcsfEvent.Write(json, e);
            }

            _lines.Write("\n"u8);
            if (_lines.WrittenCount > maxBytes)
            {
                lines = default;
                return false;
            }
        }

        lines = _lines.WrittenMemory;
        return true;
    }

    /// <summary>A gzip member of its own.</summary>
    internal static byte[] Compress(ReadOnlyMemory<byte> lines)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(lines.Span);
        }

        return packed.ToArray();
    }
}
