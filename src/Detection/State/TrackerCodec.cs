using Detection.Correlation;
using Detection.Findings;
using Wire.Model;

namespace Detection.State;

/// <summary>What a correlation remembers in one partition.</summary>
internal static class TrackerCodec
{
    /// <summary>Writes what it remembers of all hits, then of the certain ones if it keeps those apart.</summary>
    public static void Write(StateWriter writer, CorrelationTracker tracker)
    {
        WriteStore(writer, tracker);
        if (tracker.OfCertain is { } ofCertain)
        {
            WriteStore(writer, ofCertain);
        }
    }

    /// <summary>Takes up what <see cref="Write"/> wrote.</summary>
    public static void Read(StateReader reader, CorrelationTracker tracker)
    {
        ReadStore(reader, tracker);
        if (tracker.OfCertain is { } ofCertain)
        {
            ReadStore(reader, ofCertain);
        }
    }

    private static void WriteStore(StateWriter writer, CorrelationTracker tracker)
    {
        writer.Write(tracker.Store.EvictedNs);
        writer.WriteList([.. tracker.Store.Groups], group =>
        {
            WriteKey(writer, group.Key);
            writer.Write(group.NewestNs);
            writer.Write(group.EvictedNs);
            var scope = ScopeOf(group);
            writer.Write(scope.Key);
            WriteTexts(writer, scope.Values);
            for (var list = 0; list < group.Lists; list++)
            {
                writer.WriteCount(group[list].Count);
                for (var i = 0; i < group[list].Count; i++)
                {
                    WriteHit(writer, group[list][i]);
                }
            }
        });
    }

    private static void ReadStore(StateReader reader, CorrelationTracker tracker)
    {
        tracker.Store.EvictedNs = reader.ReadInt64();
        _ = reader.ReadList(() =>
        {
            var group = tracker.Store.Touch(ReadKey(reader));
            var newestNs = reader.ReadInt64();
            group.EvictedNs = reader.ReadInt64();
            var scope = new GroupScope(reader.ReadString(), [.. reader.ReadList(reader.ReadString)]);
            if (scope.Values.Length != tracker.Rule.GroupBy.Count)
            {
                throw new InvalidDataException($"a group has {scope.Values.Length} values, not {tracker.Rule.GroupBy.Count}");
            }

            for (var list = 0; list < group.Lists; list++)
            {
                _ = reader.ReadList(() => Restore(tracker, group, list, ReadHit(reader, scope, tracker.Rule.Rules.Count)));
            }

            group.NewestNs = newestNs;
            return group;
        });
        tracker.RestoreWaiting();
    }

    private static GroupScope ScopeOf(HitGroup group)
    {
        var list = 0;
        while (group[list].Count == 0)
        {
            list++;
        }

        return group[list][0].Scope;
    }

    private static Hit Restore(CorrelationTracker tracker, HitGroup group, int list, Hit hit)
    {
        if (group[list].Count > 0 && EventOrder.Compare(group[list][group[list].Count - 1].Event, hit.Event) > 0)
        {
            throw new InvalidDataException("the events of a group do not ascend");
        }

        tracker.Store.Restore(group, list, hit);
        return hit;
    }

    private static void WriteTexts(StateWriter writer, IReadOnlyList<string> texts)
    {
        writer.WriteCount(texts.Count);
        for (var i = 0; i < texts.Count; i++)
        {
            writer.Write(texts[i]);
        }
    }

    private static void WriteKey(StateWriter writer, GroupKey key)
    {
        writer.Write(key.Scope);
        writer.Write((byte)key.Index);
        writer.Write(key.Process.Pid);
        writer.Write(key.Process.StartNs);
    }

    private static GroupKey ReadKey(StateReader reader) =>
        new(reader.ReadString(), reader.ReadEnum<GroupIndex>(), new ProcessKey(reader.ReadUInt32(), reader.ReadUInt64()));

    private static void WriteHit(StateWriter writer, Hit hit)
    {
        writer.WriteEvent(hit.Event);
        writer.WriteCount(hit.Record);
        writer.WriteCount(hit.Role);
        writer.Write7BitEncodedInt64((long)hit.Roles);
        writer.Write(hit.Value);
        writer.Write(hit.Number);
        writer.Write(hit.IsDecided);
        WriteTexts(writer, hit.FiredGroups);
        writer.Write(hit.Inner is not null);
        writer.WriteCount(hit.Inner?.Count ?? 0);
        foreach (var witness in hit.Inner ?? [])
        {
            writer.Write(witness.RuleTitle);
            writer.WriteEvent(witness.Event);
        }
    }

    private static Hit ReadHit(StateReader reader, GroupScope scope, int roles)
    {
        var e = reader.ReadEvent();
        var hit = new Hit
        {
            Event = e,
            Record = reader.ReadRecordOf(e),
            Role = reader.ReadCount(roles - 1),
            Roles = (ulong)reader.Read7BitEncodedInt64(),
            Value = reader.ReadString(),
            Number = reader.ReadDecimal(),
            IsDecided = reader.ReadBoolean(),
            Scope = scope,
            Inner = ReadInner(reader, reader.ReadList(reader.ReadString), out var fired),
        };
        fired.ForEach(group => hit.TryMarkFired(group));
        return hit;
    }

    private static List<Witness>? ReadInner(StateReader reader, List<string> firedGroups, out List<string> fired)
    {
        fired = firedGroups;
        var isInner = reader.ReadBoolean();
        var witnesses = reader.ReadList(() => new Witness(reader.ReadString(), reader.ReadEvent()));
        return isInner ? witnesses : null;
    }
}
