using Wire.Codec;

namespace Fuzz;

/// <summary>
/// A frame as the parts that <c>docs/wire-format.md</c> names: numbers, bytes, and blocks of further parts. Written with damage at one part, all
/// lengths around it are right again, so that the decoder gets there. Immutable.
/// </summary>
internal sealed class FrameTree
{
    private const uint Cloud = FrameField.Cloud;
    private readonly List<Part> _parts = [];

    /// <param name="frame">A sound frame whose fields are not packed.</param>
    public FrameTree(byte[] frame)
    {
        var fault = default(FrameError);
        var reader = new WireReader(frame, FrameFormat.PrefixBytes, frame.Length - FrameFormat.ChecksumBytes, ref fault);
        ReadFields(ref reader, ReadFrameField);
        if (fault.Kind != FrameErrorKind.None)
        {
            throw new InvalidDataException($"a frame of the corpus is not sound: {fault}");
        }
    }

    private delegate void ReadBlock(uint id, ref WireReader block);

    /// <summary>Number of parts.</summary>
    public int Count => _parts.Count;

    /// <summary>Writes the parts, each after the damage that is done to it.</summary>
    public void Write(WireWriter output, Func<int, Part, Part> damage) => Write(output, 0, _parts.Count, damage);

    // A block stands before its parts, which end at its End.
    private void Write(WireWriter output, int start, int end, Func<int, Part, Part> damage)
    {
        for (var i = start; i < end;)
        {
            var part = damage(i, _parts[i]);
            var next = _parts[i].End > 0 ? _parts[i].End : i + 1;
            for (var copies = part.Copies; copies > 0; copies--)
            {
                WriteOne(output, part, i, next, damage);
            }

            i = next;
        }
    }

    private void WriteOne(WireWriter output, in Part part, int index, int end, Func<int, Part, Part> damage)
    {
        if (part.End == 0)
        {
            if (part.Bytes is null)
            {
                output.WriteVarint(part.Number);
            }
            else
            {
                output.WriteRaw(part.Bytes);
            }

            return;
        }

        var block = new WireWriter();
        Write(block, index + 1, end, damage);
        output.WriteVarint((ulong)block.Length + part.Number);
        output.WriteRaw(block.Written);
    }

    private void ReadFrameField(uint id, ref WireReader block)
    {
        switch (id)
        {
            case Cloud: ReadFields(ref block, ReadBytes); break;
            case FrameField.Lost or FrameField.Progress: ReadNumbers(0, ref block); break;
            case FrameField.Strings: ReadStrings(ref block); break;
            case FrameField.Actors or FrameField.Files: ReadEntries(ref block, ReadBytes); break;
            case FrameField.Processes: ReadEntries(ref block, ReadNumbers); break;
            case FrameField.Events: ReadEvents(ref block); break;
            default: ReadBytes(id, ref block); break;
        }
    }

    private void ReadFields(ref WireReader fields, ReadBlock inner)
    {
        while (!fields.AtEnd)
        {
            var key = AddNumber(ref fields);
            if ((key & 1) == 0)
            {
                AddNumber(ref fields);
            }
            else
            {
                AddBlock(ref fields, (uint)(key >> 1), inner);
            }
        }
    }

    private void ReadEntries(ref WireReader block, ReadBlock inner)
    {
        for (var count = AddNumber(ref block); count > 0; count--)
        {
            AddBlock(ref block, 0, (uint _, ref WireReader entry) => ReadFields(ref entry, inner));
        }
    }

    private void ReadEvents(ref WireReader block)
    {
        for (var count = AddNumber(ref block); count > 0; count--)
        {
            AddNumber(ref block);
            AddBlock(ref block, 0, (uint _, ref WireReader entry) =>
            {
                for (var i = 0; i < 4; i++)
                {
                    AddNumber(ref entry);
                }

                ReadFields(ref entry, ReadBytes);
            });
        }
    }

    private void ReadStrings(ref WireReader block)
    {
        for (var count = AddNumber(ref block); count > 0; count--)
        {
            var length = AddNumber(ref block);
            if ((length & 1) == 1)
            {
                AddNumber(ref block);
                AddNumber(ref block);
            }

            AddBytes(block.ReadBytes(length >> 1));
        }
    }

    private void ReadNumbers(uint id, ref WireReader block)
    {
        while (!block.AtEnd)
        {
            AddNumber(ref block);
        }
    }

    private void ReadBytes(uint id, ref WireReader block) => AddBytes(block.ReadRest());

    private void AddBlock(ref WireReader fields, uint id, ReadBlock inner)
    {
        var block = fields.ReadBlock();
        var index = _parts.Count;
        _parts.Add(default);
        inner(id, ref block);
        _parts[index] = new Part(0, null, _parts.Count, 1);
    }

    private ulong AddNumber(ref WireReader reader)
    {
        var number = reader.ReadVarint();
        _parts.Add(new Part(number, null, 0, 1));
        return number;
    }

    private void AddBytes(ReadOnlySpan<byte> bytes) => _parts.Add(new Part(0, bytes.ToArray(), 0, 1));

    /// <summary>A part.</summary>
    /// <param name="Number">A number; of a block what its length is said to be more than it is.</param>
    /// <param name="Bytes">Bytes; null for a number or a block.</param>
    /// <param name="End">Of a block: the part after its last one; else 0.</param>
    /// <param name="Copies">How often it is written.</param>
    internal readonly record struct Part(ulong Number, byte[]? Bytes, int End, int Copies);
}
