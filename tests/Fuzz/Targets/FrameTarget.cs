using Support;
using Wire.Codec;

namespace Fuzz.Targets;

/// <summary>
/// Damaged golden frames whose checksum is mostly right. The decoder gives a frame or an error with a place inside the bytes; what it takes can
/// be written and read again.
/// </summary>
internal sealed class FrameTarget : FuzzTarget
{
    private static readonly FrameMutator Mutator = new(
        [.. Directory.EnumerateFiles(Repository.File("tests/Fixtures/wire/v1"), "*.frame").Order(StringComparer.Ordinal).Select(File.ReadAllBytes)]);

    public override string Name => "frames";

    public override int LeastCases => 5_000_000;

    public override long MostBytes => FrameFormat.MaxDecodingBytes;

    public override byte[] Make(Random random) => Mutator.Make(random);

    public override void Run(ReadOnlySpan<byte> input)
    {
        if (!FrameDecoder.TryDecode(input, out var frame, out var error))
        {
            if (error.Kind == FrameErrorKind.None || error.Message.Length == 0 || error.Offset < 0 || error.Offset > input.Length)
            {
                throw new InvalidDataException($"a refusal without kind, words or place: {error}");
            }

            return;
        }

        // Of one frame in a few: it costs more than all else.
        // Events that were passed over are not written again.
        if (input[^1] % 16 == 0 && frame.UnknownEvents == 0)
        {
            WriteAgain(frame);
        }
    }

    private static void WriteAgain(Wire.Model.Frame frame)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        if (!new FrameEncoder(packs: true).TryEncode(frame, output))
        {
            // Damage can make a frame say in a few bytes, of the same text many times, what takes more than a frame to write.
            return;
        }

        if (!FrameDecoder.TryDecode(output.WrittenSpan, out var again, out var error) || FrameText.Of(again) != FrameText.Of(frame))
        {
            throw new InvalidDataException($"a frame that was read cannot be written and read again: {error}\n{FrameText.Of(frame)}{(again is null ? "" : FrameText.Of(again))}");
        }
    }
}
