using System.Globalization;
using System.Text;
using Benchmarks.Recordings;
using Wire.Codec;

namespace Benchmarks;

/// <summary>What the parts of recorded frames cost, bytes an event, as a Markdown table: to see where the bytes are. Packs nothing.</summary>
/// <remarks>Reads what <c>docs/wire-format.md</c> says, without the decoder: a field is a key, then a number or a block.</remarks>
internal static class ByteReport
{
    private static readonly Dictionary<uint, string> Tables = new() { [11] = "actor", [12] = "file", [13] = "process" };

    public static string Make(string recording)
    {
        var frames = RecordedFrames.Merged(RecordedFrames.Load(recording), 200).ToArray();
        var events = frames.Sum(frame => frame.Events.Count);
        var costs = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var frame in frames)
        {
            var bytes = new FrameEncoder().Encode(frame);
            Add("prefix and checksum", 14);
            Fields(bytes.AsSpan(10..^4), (id, field, block) =>
            {
                Add($"frame field {id:d2}", field.Length);
                if (id == 30)
                {
                    Events(block);
                }
                else if (Tables.TryGetValue(id, out var table))
                {
                    Entries(table, block);
                }
            });
        }

        var text = new StringBuilder("| part | bytes an event |\n|---|---|\n");
        foreach (var (part, bytes) in costs)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {part} | {bytes / (double)events:f2} |\n");
        }

        return text.ToString();

        void Add(string part, int bytes) => costs[part] = costs.GetValueOrDefault(part) + bytes;

        void Entries(string table, ReadOnlySpan<byte> block)
        {
            for (var count = Number(ref block); count > 0; count--)
            {
                var length = (int)Number(ref block);
                Add($"{table}: length", 1);
                Fields(block[..length], (id, field, _) => Add($"{table}: field {id:d2}", field.Length));
                block = block[length..];
            }
        }

        void Events(ReadOnlySpan<byte> block)
        {
            for (var count = Number(ref block); count > 0; count--)
            {
                _ = Number(ref block);
                var length = (int)Number(ref block);
                Add("event: kind and length", 2);
                var body = block[..length];
                foreach (var part in new[] { "number", "time", "process", "actor" })
                {
                    var before = body.Length;
                    _ = Number(ref body);
                    Add($"event: {part}", before - body.Length);
                }

                Fields(body, (id, field, _) => Add($"event: field {id:d2}", field.Length));
                block = block[length..];
            }
        }
    }

    private delegate void OnField(uint id, ReadOnlySpan<byte> field, ReadOnlySpan<byte> block);

    private static void Fields(ReadOnlySpan<byte> fields, OnField found)
    {
        while (!fields.IsEmpty)
        {
            var rest = fields;
            var key = Number(ref rest);
            var number = Number(ref rest);
            var block = (key & 1) == 1 ? rest[..(int)number] : [];
            var length = fields.Length - rest.Length + block.Length;
            found((uint)(key >> 1), fields[..length], block);
            fields = fields[length..];
        }
    }

    private static ulong Number(ref ReadOnlySpan<byte> bytes)
    {
        var value = 0ul;
        for (var shift = 0; ; shift += 7)
        {
            var group = bytes[0];
            bytes = bytes[1..];
            value |= (ulong)(group & 0x7F) << shift;
            if (group < 0x80)
            {
                return value;
            }
        }
    }
}
