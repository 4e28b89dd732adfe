using System.Buffers.Binary;

namespace LocalPipeline.Recording;

/// <summary>Reads the frames of a recording, one after the other.</summary>
internal static class RecordingReader
{
    /// <summary>The frames' bytes, in order.</summary>
    /// <param name="input">The recording, from its start.</param>
    /// <param name="report">Receives that the recording was cut, and where.</param>
    /// <exception cref="InvalidDataException">Not a recording, or one of another version.</exception>
    internal static IEnumerable<byte[]> Read(System.IO.Stream input, Action<string> report)
    {
        var magic = new byte[RecordingFormat.Magic.Length];
        if (input.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) < magic.Length
            || !magic.AsSpan().SequenceEqual(RecordingFormat.Magic))
        {
            throw new InvalidDataException("not a recording of `pipeline record`: it does not begin with EDGEREC1; for JSON lines: replay --events FILE");
        }

        return Frames(input, report);
    }

    private static IEnumerable<byte[]> Frames(System.IO.Stream input, Action<string> report)
    {
        var prefix = new byte[sizeof(int)];
        var offset = (long)RecordingFormat.Magic.Length;
        while (true)
        {
            var got = input.ReadAtLeast(prefix, prefix.Length, throwOnEndOfStream: false);
            if (got == 0)
            {
                yield break;
            }

            var length = got == prefix.Length ? BinaryPrimitives.ReadInt32LittleEndian(prefix) : 0;
            if (length is <= 0 or > RecordingFormat.MaxFrameBytes)
            {
                report(got < prefix.Length
                    ? $"the recording was cut at byte {offset}"
                    : $"the recording is damaged at byte {offset}: a frame cannot have {length} bytes; the rest is not read");
                yield break;
            }

            var frame = new byte[length];
            if (input.ReadAtLeast(frame, length, throwOnEndOfStream: false) < length)
            {
                report($"the recording was cut at byte {offset}, inside a frame");
                yield break;
            }

            offset += prefix.Length + length;
            yield return frame;
        }
    }
}
