using System.Buffers.Binary;

namespace Fuzz;

/// <summary>Damages bytes.</summary>
internal static class ByteMutator
{
    /// <summary>An entry of a corpus with one to eight kinds of damage; what is before <paramref name="keep"/> stays.</summary>
    public static byte[] Mutate(IReadOnlyList<byte[]> corpus, Random random, int keep = 0)
    {
        var bytes = corpus[random.Next(corpus.Count)].ToList();
        for (var times = 1 << random.Next(4); times > 0 && bytes.Count > keep; times--)
        {
            Once(bytes, corpus, random, keep);
        }

        return [.. bytes];
    }

    private static void Once(List<byte> bytes, IReadOnlyList<byte[]> corpus, Random random, int keep)
    {
        var at = random.Next(keep, bytes.Count);
        switch (random.Next(8))
        {
            case 0 or 1:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 2:
                bytes[at] = (byte)(random.Next(3) switch { 0 => 0, 1 => 0xFF, _ => random.Next(256) });
                break;
            case 3:
                bytes.RemoveRange(at, Math.Min(bytes.Count - at, 1 + random.Next(16)));
                break;
            case 4:
                bytes.InsertRange(at, bytes.GetRange(at, Math.Min(bytes.Count - at, 1 + random.Next(64))));
                break;
            case 5:
                var other = corpus[random.Next(corpus.Count)];
                bytes.RemoveRange(at, bytes.Count - at);
                bytes.AddRange(other.AsSpan(random.Next(other.Length + 1)));
                break;
            case 6:
                Span<byte> number = stackalloc byte[8];
                long[] limits = [0, 1, -1, long.MinValue, long.MaxValue, int.MaxValue, int.MinValue, uint.MaxValue];
                BinaryPrimitives.WriteInt64LittleEndian(number, limits[random.Next(limits.Length)]);
                for (var i = 0; i < 8 && at + i < bytes.Count; i++)
                {
                    bytes[at + i] = number[i];
                }

                break;
            default:
                bytes.InsertRange(at, new byte[random.Next(32)]);
                break;
        }
    }
}
