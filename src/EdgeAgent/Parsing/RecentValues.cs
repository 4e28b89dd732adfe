using System.IO.Hashing;

namespace EdgeAgent.Parsing;

/// <summary>
/// What was made of bytes before, so that the same bytes give the same object and nothing is made anew: the few names and addresses that come
/// again and again. Bounded: what did not come for long makes room, and long bytes are not remembered. One thread only.
/// </summary>
/// <param name="make">Makes a value of bytes that are not remembered.</param>
internal sealed class RecentValues<T>(Func<ReadOnlySpan<byte>, T> make)
    where T : class
{
    /// <summary>Most bytes that are remembered for one value.</summary>
    internal const int Longest = 256;

    /// <summary>Most values that are remembered.</summary>
    internal const int Capacity = Sets * Ways;
    private const int Sets = 256;
    private const int Ways = 4;

    // Who can choose the bytes cannot choose the set.
    private readonly long _seed = Random.Shared.NextInt64();
    private readonly (byte[] Bytes, T Value)[] _known = new (byte[], T)[Capacity];

    /// <summary>The value of these bytes.</summary>
    internal T Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > Longest)
        {
            return make(bytes);
        }

        var set = _known.AsSpan((int)(XxHash3.HashToUInt64(bytes, _seed) % Sets) * Ways, Ways);
        foreach (ref readonly var known in set)
        {
            if (known.Bytes is not null && bytes.SequenceEqual(known.Bytes))
            {
                return known.Value;
            }
        }

        // The one that was made first makes room.
        set[..^1].CopyTo(set[1..]);
        set[0] = (bytes.ToArray(), make(bytes));
        return set[0].Value;
    }
}
