using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace EdgeAgent.Tests.Intake;

/// <summary>Reads structs and enums from the BTF of a 64-bit little-endian ELF object (kernel documentation, bpf/btf.rst).</summary>
internal sealed class BtfReader
{
    private const int KindInt = 1;
    private const int KindPointer = 2;
    private const int KindArray = 3;
    private const int KindStruct = 4;
    private const int KindUnion = 5;
    private const int KindEnum = 6;
    private const int KindTypedef = 8;
    private const int KindVar = 14;
    private const int KindDataSection = 15;

    private readonly byte[] _types;
    private readonly byte[] _strings;
    private readonly List<int> _offsets = [0];

    private BtfReader(byte[] btf)
    {
        var header = Int(btf, 4);
        _types = btf[(header + Int(btf, 8))..][..Int(btf, 12)];
        _strings = btf[(header + Int(btf, 16))..][..Int(btf, 20)];
        for (var at = 0; at < _types.Length;)
        {
            _offsets.Add(at);
            var (kind, length) = (Kind(at), Int(_types, at + 4) & 0xFFFF);
            at += 12 + kind switch
            {
                KindInt or KindVar => 4,
                KindArray => 12,
                KindStruct or KindUnion or KindDataSection => 12 * length,
                KindEnum => 8 * length,
                KindPointer or KindTypedef => 0,
                _ => throw new InvalidDataException($"BTF kind {kind} at {at} is not expected in the contract"),
            };
        }
    }

    internal static BtfReader Open(string objectFile)
    {
        var elf = File.ReadAllBytes(objectFile);
        var (table, size, count, names) = (
            (int)BinaryPrimitives.ReadInt64LittleEndian(elf.AsSpan(0x28)), Short(elf, 0x3A), Short(elf, 0x3C), Short(elf, 0x3E));
        for (var i = 0; i < count; i++)
        {
            var section = Section(i);
            var name = Text(elf, Section(names).Offset + section.Name);
            if (name == ".BTF")
            {
                return new BtfReader(elf[section.Offset..][..section.Size]);
            }
        }

        throw new InvalidDataException($"{objectFile} has no .BTF section");

        (int Name, int Offset, int Size) Section(int index)
        {
            var at = table + (index * size);
            return (Int(elf, at), Int(elf, at + 0x18), Int(elf, at + 0x20));
        }
    }

    /// <summary>Structs with size and members (offset, size), enums with values; sorted by name, one line each.</summary>
    internal string Describe()
    {
        var blocks = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var at in _offsets.Skip(1))
        {
            var (kind, length, name) = (Kind(at), Int(_types, at + 4) & 0xFFFF, Text(_strings, Int(_types, at)));
            var text = new StringBuilder();
            if (kind == KindStruct)
            {
                text.Append(CultureInfo.InvariantCulture, $"struct {name} {Int(_types, at + 8)}\n");
                for (var member = at + 12; member < at + 12 + (12 * length); member += 12)
                {
                    text.Append(CultureInfo.InvariantCulture, $"  {Text(_strings, Int(_types, member))} {Int(_types, member + 8) / 8} {SizeOf(Int(_types, member + 4))}\n");
                }
            }
            else if (kind == KindEnum)
            {
                text.Append(CultureInfo.InvariantCulture, $"enum {name}\n");
                for (var value = at + 12; value < at + 12 + (8 * length); value += 8)
                {
                    text.Append(CultureInfo.InvariantCulture, $"  {Text(_strings, Int(_types, value))} {Int(_types, value + 4)}\n");
                }
            }

            if (text.Length > 0)
            {
                blocks.Add(name, text.ToString());
            }
        }

        return string.Concat(blocks.Values);
    }

    private int SizeOf(int id)
    {
        var at = _offsets[id];
        return Kind(at) switch
        {
            KindTypedef => SizeOf(Int(_types, at + 8)),
            KindPointer => 8,
            KindArray => SizeOf(Int(_types, at + 12)) * Int(_types, at + 20),
            _ => Int(_types, at + 8),
        };
    }

    private int Kind(int at) => (Int(_types, at + 4) >> 24) & 0x1F;

    private static int Int(byte[] bytes, int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));

    private static int Short(byte[] bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));

    private static string Text(byte[] bytes, int at) => Encoding.UTF8.GetString(bytes.AsSpan(at)[..bytes.AsSpan(at).IndexOf((byte)0)]);
}
