using System.Globalization;
using System.Text;

namespace Detection.Tests.Oracle;

/// <summary>A case: rules, events, and how they are delivered.</summary>
internal sealed record Scenario(IReadOnlyList<RuleSpec> Rules, IReadOnlyList<EventSpec> Events, int Seed)
{
    /// <summary>Lateness bound; never a whole number of seconds, so that no event lies exactly at it.</summary>
    public long LatenessNs { get; init; } = 4_500_000_000;

    /// <summary>Suppression time of the limits.</summary>
    public long SuppressionNs { get; init; } = 2_000_000_000;

    /// <summary>Delivered in frames, with filtered numbers; else event by event: then a lost number is a hole that stays.</summary>
    public bool Frames { get; init; }

    /// <summary>The frames say until when lanes are complete; only with <see cref="Frames"/>.</summary>
    public bool Told { get; init; }

    /// <summary>Delivered out of order, within the lateness bound.</summary>
    public bool Shuffled { get; init; }

    /// <summary>Some of it delivered twice.</summary>
    public bool Repeated { get; init; }

    /// <summary>Stopped, encoded and resumed on the way.</summary>
    public bool Resumed { get; init; }

    /// <summary>The rules as one text.</summary>
    public string Yaml => RuleSpec.Letters + string.Join("---\n", Rules);

    /// <summary>When the host says first, after the last event of a lane, that it gave the numbers up to the loss behind it.</summary>
    public long ToldNs(EventSpec last) => last.Ns + (LatenessNs / 4);

    /// <summary>The events with their numbers, lane by lane.</summary>
    public List<Numbered> Number()
    {
        var all = new List<Numbered>();
        var start = Events.Count == 0 ? 0 : Events.Min(e => e.Ns) - 1;
        foreach (var lane in Events.GroupBy(e => e.Place))
        {
            var next = 1UL;
            var earlier = start;
            foreach (var drawn in lane)
            {
                var spec = Sensible(drawn, earlier, lane.Max(e => e.Ns));
                var sequence = next + (ulong)spec.Filtered + (ulong)spec.LostBefore;
                var e = World.Event(spec, sequence);
                all.Add(new Numbered(spec, e, next, World.Event(spec with { Ns = earlier }, 1).TimeNs));
                next = sequence + (ulong)spec.LostAfter + 1;
                earlier = spec.Ns;
            }
        }

        return all;
    }

    /// <summary>Everything that is needed to see what went wrong.</summary>
    public override string ToString()
    {
        var text = new StringBuilder().AppendLine().AppendLine(string.Join("---\n", Rules));
        text.AppendLine(CultureInfo.InvariantCulture, $"lateness {LatenessNs} suppression {SuppressionNs}, seed of the delivery {Seed}")
            .AppendLine(CultureInfo.InvariantCulture, $"frames {Frames}, told {Told}, shuffled {Shuffled}, repeated {Repeated}, resumed {Resumed}");
        foreach (var (spec, e, first, _) in Number().OrderBy(numbered => numbered.Event.TimeNs).ThenBy(numbered => numbered.Event.Id))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{spec.Ns,14} host {spec.Host} boot {spec.Boot} lane {spec.Lane} #{e.Sequence} {spec.Letters,-4} process {spec.Process} session {spec.Session} container {spec.Container} User '{spec.User}' EffectiveUser '{spec.Effective}' CurrentDirectory '{spec.Text}' Gid {spec.Number} accounts {first} to {e.Sequence + (ulong)spec.LostAfter}, lost {spec.LostBefore} before and {spec.LostAfter} after");
        }

        return text.ToString();
    }

    // Of single events nobody says which numbers were filtered. Numbers that are found lost only after the lateness bound would find
    // verdicts that were given without them: such losses are no subject of the law.
    private EventSpec Sensible(EventSpec spec, long earlier, long lastOfLane)
    {
        var known = Frames ? spec : spec with { Filtered = 0 };
        var late = spec.Ns - earlier > LatenessNs / 2;
        var open = lastOfLane - spec.Ns > LatenessNs / 2;
        return known with { LostBefore = late ? 0 : known.LostBefore, LostAfter = open ? 0 : known.LostAfter };
    }
}
