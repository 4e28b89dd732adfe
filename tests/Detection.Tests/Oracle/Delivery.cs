using Support;
using Wire.Model;

namespace Detection.Tests.Oracle;

/// <summary>How the events of a case reach the engine: in frames or one by one, shuffled within the lateness bound, some of it twice.</summary>
internal static class Delivery
{
    /// <summary>What is given to the engine, one after another.</summary>
    /// <param name="scenario">The case.</param>
    /// <param name="lanesInOrder">The frames of a lane come in the order of their numbers, as an agent sends them; what comes twice is the same later.</param>
    public static List<Parcel> Of(Scenario scenario, bool lanesInOrder = false)
    {
        var random = new Random(scenario.Seed);
        var parcels = new List<Parcel>();
        foreach (var lane in scenario.Number().GroupBy(numbered => numbered.Spec.Place))
        {
            parcels.AddRange(Split([.. lane.OrderBy(numbered => numbered.Event.Sequence)], scenario, random));
        }

        var keyed = parcels.Select(parcel => (Key: Arrival(parcel, scenario, random), Parcel: parcel)).ToList();
        if (scenario.Told)
        {
            var told = new HostWord(scenario);
            keyed = [.. keyed.Select(entry => (entry.Key, told.With(entry.Parcel, entry.Key, random))), .. told.StillHere(random)];
        }

        if (lanesInOrder)
        {
            keyed = InOrder(keyed);
        }

        if (scenario.Repeated)
        {
            keyed.AddRange(keyed.Where(_ => random.Next(3) == 0).ToList()
                .Select(entry => (entry.Key + random.NextInt64(2 * scenario.LatenessNs), entry.Parcel)));
        }

        return [.. keyed.OrderBy(entry => entry.Key).Select(entry => entry.Parcel)];
    }

    // Sooner, not later: so nothing is later than the bound allows.
    private static List<(long Key, Parcel Parcel)> InOrder(List<(long Key, Parcel Parcel)> keyed)
    {
        var ordered = new List<(long Key, Parcel Parcel)>();
        foreach (var lane in keyed.Where(entry => entry.Parcel.Frame is not null).GroupBy(entry => (entry.Parcel.Frame!.Host, entry.Parcel.Frame.Lane)))
        {
            List<(long Key, Parcel Parcel)> frames =
                [.. lane.OrderBy(entry => entry.Parcel.Frame!.Range.First).ThenBy(entry => entry.Parcel.Frame!.Range.Last)];
            for (var i = frames.Count - 2; i >= 0; i--)
            {
                frames[i] = (Math.Min(frames[i].Key, frames[i + 1].Key), frames[i].Parcel);
            }

            ordered.AddRange(frames);
        }

        return [.. ordered, .. keyed.Where(entry => entry.Parcel.Frame is null)];
    }

    // Whoever arrives later than something that happened at t did not happen before t - lateness: see the proof in two lines below.
    //   key(late) >= key(early), key(early) >= newest(early), key(late) <= oldest(late) + lateness
    //   so oldest(late) >= newest(early) - lateness.
    // A parcel counts from the event before it in its lane, because until it is here its numbers are a hole that begins there. When the
    // lane was silent for longer than the bound, it arrives at once.
    private static long Arrival(Parcel parcel, Scenario scenario, Random random)
    {
        var slack = parcel.OldestNs + scenario.LatenessNs - parcel.NewestNs;
        return parcel.NewestNs + (scenario.Shuffled && slack > 0 ? random.NextInt64(slack) : 0);
    }

    private static IEnumerable<Parcel> Split(List<Numbered> lane, Scenario scenario, Random random)
    {
        var start = 0;
        for (var i = 1; i <= lane.Count; i++)
        {
            if (i == lane.Count || !scenario.Frames || random.Next(3) == 0 || Spans(lane[start..(i + 1)]) > scenario.LatenessNs / 2)
            {
                var part = lane[start..i];
                var first = part[0].First;
                if (scenario.Frames && part[0].Before > 0 && random.Next(2) == 0)
                {
                    // The numbers before its first event go alone, or some of them.
                    first += (ulong)random.Next(1, part[0].Before + 1);
                    yield return PackAlone(part[0], first - 1);
                }

                yield return Pack(part, first, scenario.Frames);
                start = i;
            }
        }
    }

    private static long Spans(List<Numbered> part) => part.Max(numbered => numbered.Event.TimeNs) - part.Min(numbered => numbered.Event.TimeNs);

    // Without events it says something from the last event before on, and may arrive from then on.
    private static Parcel PackAlone(Numbered next, ulong last)
    {
        var range = new SequenceRange(next.First, last);
        var frame = Some.Frame([], range, Joined([next], range), next.Event.Host, next.Event.Lane);
        return new Parcel(next.LastEarlierNs, next.LastEarlierNs, null, frame);
    }

    private static Parcel Pack(List<Numbered> part, ulong first, bool frame)
    {
        var oldest = Math.Min(part.Min(numbered => numbered.Event.TimeNs), part[0].LastEarlierNs);
        var newest = part.Max(numbered => numbered.Event.TimeNs);
        if (!frame)
        {
            return new Parcel(oldest, newest, part[0].Event, null);
        }

        var range = new SequenceRange(first, part[^1].Last);
        return new Parcel(oldest, newest, null, Some.Frame([.. part.Select(numbered => numbered.Event)], range, Joined(part, range)));
    }

    // Losses that touch are one range, and only what lies in the frame's range is its own.
    private static List<LostRange> Joined(List<Numbered> part, SequenceRange range)
    {
        var joined = new List<LostRange>();
        foreach (var whole in part.SelectMany(numbered => numbered.Lost).Where(lost => lost.Range.First <= range.Last && lost.Range.Last >= range.First))
        {
            var lost = whole with { Range = new SequenceRange(Math.Max(whole.Range.First, range.First), Math.Min(whole.Range.Last, range.Last)) };
            if (joined.Count > 0 && joined[^1].Range.Last + 1 == lost.Range.First)
            {
                joined[^1] = joined[^1] with { Range = new SequenceRange(joined[^1].Range.First, lost.Range.Last) };
            }
            else
            {
                joined.Add(lost);
            }
        }

        return joined;
    }
}
