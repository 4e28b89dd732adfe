using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Detection.Correlation;
using Detection.Rules;

namespace Detection.State;

/// <summary>
/// Which correlations took part in what an item holds, and up to when each saw nothing or was made to forget. Only of those that this can make a
/// verdict unknown of: the ones that events can make false, and those that they depend on. Immutable.
/// </summary>
internal sealed class RuleTags
{
    private readonly (CorrelationRule Rule, uint Tag)[] _tags;

    /// <param name="correlations">The correlations of a pack.</param>
    public RuleTags(IReadOnlyList<CorrelationRule> correlations)
    {
        CorrelationRule[] waiting = [.. correlations.Where(rule => !rule.IsMonotone)];
        HashSet<CorrelationRule> tagged = [.. waiting, .. SharedRule.InnerOf(waiting)];
        _tags = [.. correlations.Where(tagged.Contains).Select(rule => (rule, TagOf(rule)))];
    }

    /// <summary>Writes them, with the times of a partition.</summary>
    public void Write(StateWriter writer, Partition partition) => writer.WriteList(_tags, entry =>
    {
        writer.Write(entry.Tag);
        WriteTime(writer, partition.UnseenNs[entry.Rule]);
        WriteTime(writer, partition.EvictedNs[entry.Rule]);
    });

    /// <summary>Reads what <see cref="Write"/> wrote: of each correlation of this pack whether it took part, and the two times, ns.</summary>
    public List<(CorrelationRule Rule, bool TookPart, long UnseenNs, long EvictedNs)> Read(StateReader reader)
    {
        var known = new Dictionary<uint, (long UnseenNs, long EvictedNs)>();
        _ = reader.ReadList(() => known.TryAdd(reader.ReadUInt32(), (ReadTime(reader), ReadTime(reader))));
        return [.. _tags.Select(entry => known.TryGetValue(entry.Tag, out var times)
            ? (entry.Rule, true, times.UnseenNs, times.EvictedNs)
            : (entry.Rule, false, long.MinValue, long.MinValue))];
    }

    private static void WriteTime(StateWriter writer, long timeNs)
    {
        writer.Write(timeNs != long.MinValue);
        if (timeNs != long.MinValue)
        {
            writer.Write(timeNs);
        }
    }

    private static long ReadTime(StateReader reader) => reader.ReadBoolean() ? reader.ReadInt64() : long.MinValue;

    private static uint TagOf(CorrelationRule rule) =>
        BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(DerivedKeys.Join(DerivedKeys.Join("", rule.Info.Id), rule.Info.SemanticHash))));
}
