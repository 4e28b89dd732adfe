using System.Security.Cryptography;
using System.Text;

namespace AlertLambda.Shards;

/// <summary>How far a shard was taken, and from where it has to be read again by whoever does not remember it: the contents of its item. Immutable.</summary>
public sealed record ShardMark
{
    // Seconds that one step of an age is.
    private const int AgeStep = 10;
    private const byte Version = 1;
    private const int MostHeard = 100_000;

    /// <summary>The process that remembers what no item holds: a random name.</summary>
    public required Guid Owner { get; init; }

    /// <summary>Number of the last record that was evaluated. All after it are delivered.</summary>
    public string? Taken { get; init; }

    /// <summary>Number of the first record that is in no item; null = there is none.</summary>
    public string? From { get; init; }

    /// <summary>Since when the oldest of these waits to be in an item, ms since 1970 UTC.</summary>
    public long SinceMs { get; init; }

    /// <summary>How many processes began to evaluate the records from there again, and did not end a batch.</summary>
    public int Tries { get; init; }

    /// <summary>For how long a host's memory may wait to be in its item.</summary>
    public TimeSpan Patience { get; init; }

    /// <summary>When it was written, ms since 1970 UTC.</summary>
    public long AtMs { get; init; }

    /// <summary>When hosts were heard of that are behind in their items, ms since 1970 UTC, rounded down to ten seconds; by <see cref="NameOf"/>.</summary>
    public IReadOnlyDictionary<uint, long> Heard { get; init; } = new Dictionary<uint, long>();

    /// <summary>A short name of a host. Two hosts may have the same: then the silence of one is told later.</summary>
    public static uint NameOf(string hostId) => BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(hostId)));

    /// <summary>As bytes: some tens, and five for each host that is behind.</summary>
    public byte[] Encode()
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes))
        {
            writer.Write(Version);
            writer.Write(Owner.ToByteArray());
            writer.Write(Taken ?? "");
            writer.Write(From ?? "");
            writer.Write(SinceMs);
            writer.Write(Tries);
            writer.Write((long)Patience.TotalMilliseconds);
            writer.Write(AtMs);
            writer.Write7BitEncodedInt(Heard.Count);
            foreach (var (name, heardMs) in Heard)
            {
                writer.Write(name);
                writer.Write((byte)Math.Clamp((AtMs - heardMs + (AgeStep * 1000) - 1) / (AgeStep * 1000), 0, byte.MaxValue));
            }
        }

        return bytes.ToArray();
    }

    /// <summary>Reads what <see cref="Encode"/> wrote; null when it is damaged or of another version.</summary>
    public static ShardMark? TryDecode(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes.ToArray()));
            return reader.ReadByte() == Version ? Read(reader) : null;
        }
        catch (Exception e) when (e is IOException or ArgumentException or FormatException)
        {
            return null;
        }
    }

    private static ShardMark? Read(BinaryReader reader)
    {
        var mark = new ShardMark
        {
            Owner = new Guid(reader.ReadBytes(16)), Taken = Number(reader.ReadString()), From = Number(reader.ReadString()),
            SinceMs = reader.ReadInt64(), Tries = reader.ReadInt32(), Patience = TimeSpan.FromMilliseconds(reader.ReadInt64()), AtMs = reader.ReadInt64(),
        };
        var count = reader.Read7BitEncodedInt();
        if (count is < 0 or > MostHeard)
        {
            return null;
        }

        var heard = new Dictionary<uint, long>(count);
        for (var i = 0; i < count; i++)
        {
            heard[reader.ReadUInt32()] = mark.AtMs - (reader.ReadByte() * AgeStep * 1000L);
        }

        return mark with { Heard = heard };
    }

    private static string? Number(string text) => text.Length == 0 ? null : text;
}
