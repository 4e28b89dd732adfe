using Detection.Correlation;
using Detection.Findings;

namespace Detection.State;

/// <summary>
/// What the rules remember in one partition. Each part is under its rule's id and semantic hash, and says how long it is: the part of a
/// rule that is gone or means something else now is stepped over.
/// </summary>
/// <param name="rules">All rules of the pack by number.</param>
/// <param name="firstCorrelation">Number of the first correlation.</param>
internal sealed class PartitionCodec(IReadOnlyList<RuleInfo> rules, int firstCorrelation)
{
    private readonly ILookup<(string, string), int> _numbers =
        Enumerable.Range(0, rules.Count).ToLookup(number => (rules[number].Id, rules[number].SemanticHash));

    public void Write(StateWriter writer, Partition partition)
    {
        // The watermark of hosts is the same, and of the shared ones it is found anew.
        writer.Write(partition.SettledNs);
        var used = Enumerable.Range(0, rules.Count)
            .Where(number => partition.Logs[number] is { GroupCount: > 0 } || TrackerOf(partition, number) is { Store.GroupCount: > 0 });
        writer.WriteList([.. used], number =>
        {
            writer.Write(rules[number].Id);
            writer.Write(rules[number].SemanticHash);
            var part = writer.BeginPart();
            part.Write(partition.Logs[number] is not null);
            if (partition.Logs[number] is { } log)
            {
                IncidentCodec.Write(part, log);
            }

            part.Write(TrackerOf(partition, number) is not null);
            if (TrackerOf(partition, number) is { } tracker)
            {
                TrackerCodec.Write(part, tracker);
            }

            writer.WritePart(part);
        });
    }

    /// <param name="reader">The state.</param>
    /// <param name="partition">An empty partition.</param>
    /// <param name="belongs">True for the number of a rule that is remembered there.</param>
    /// <param name="logOf">Makes the log of a rule by number.</param>
    /// <param name="trackerOf">Makes the tracker of a correlation by its number among the correlations.</param>
    public void Read(StateReader reader, Partition partition, Func<int, bool> belongs, Func<int, IncidentLog> logOf, Func<int, CorrelationTracker> trackerOf)
    {
        partition.SettledNs = reader.ReadInt64();
        partition.WatermarkNs = partition.SettledNs;
        // A pack may hold the same rule twice; each takes what one of them remembered.
        var taken = new HashSet<int>();
        _ = reader.ReadList(() =>
        {
            (string Id, string Hash) key = (reader.ReadString(), reader.ReadString());
            using var part = reader.ReadPart();
            var number = _numbers[key].Where(taken.Add).FirstOrDefault(-1);
            if (number < 0)
            {
                return number;
            }

            if (!belongs(number))
            {
                throw new InvalidDataException($"the memory of {key.Id} stands in an item that it does not belong to");
            }

            if (part.ReadBoolean())
            {
                IncidentCodec.Read(part, logOf(number), logOf(number).GroupNames.Count);
            }

            if (part.ReadBoolean())
            {
                TrackerCodec.Read(part, number >= firstCorrelation
                    ? trackerOf(number - firstCorrelation)
                    : throw new InvalidDataException("a rule over single events has the memory of a correlation"));
            }

            return number;
        });
        partition.Schedule();
    }

    private CorrelationTracker? TrackerOf(Partition partition, int number) =>
        number < firstCorrelation ? null : partition.Trackers[number - firstCorrelation];
}
