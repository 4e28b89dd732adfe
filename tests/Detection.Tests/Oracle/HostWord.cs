using Support;
using Wire.Model;

namespace Detection.Tests.Oracle;

/// <summary>What the hosts of a case say of their lanes: until when each is complete, and with which number.</summary>
/// <remarks>
/// Nothing is said between the events around a loss: whether that word is there before them can decide between certain and unknown
/// (decision 0008). Behind the last event the frame with the loss is the first to say so.
/// </remarks>
internal sealed class HostWord
{
    private readonly Scenario _scenario;
    private readonly List<Numbered> _numbers;

    public HostWord(Scenario scenario) => (_scenario, _numbers) = (scenario, scenario.Number());

    /// <summary>A frame with what its host may say when it arrives at <paramref name="key"/>.</summary>
    public Parcel With(Parcel parcel, long key, Random random)
    {
        var frame = parcel.Frame!;
        var untilNs = key - Some.BootTimeUnixNs - random.NextInt64(_scenario.LatenessNs / 2);
        var progress = Enum.GetValues<Lane>().Order().Select(lane => Said(frame, lane, untilNs)).OfType<LaneProgress>().ToList();
        return parcel with { Frame = Copy(frame, random.Next(4) == 0 ? [.. progress.Where(said => IsFirstWord(frame, said))] : progress) };
    }

    /// <summary>Frames without a number, at any time, with when they arrive.</summary>
    public IEnumerable<(long Key, Parcel Parcel)> StillHere(Random random)
    {
        foreach (var last in _numbers.Where(_ => random.Next(3) == 0))
        {
            var frame = Some.Frame([], new SequenceRange(last.Last + 1, last.Last), [], last.Event.Host, last.Event.Lane);
            var key = last.Event.TimeNs + random.NextInt64(2 * _scenario.LatenessNs);
            yield return (key, With(new Parcel(last.Event.TimeNs, last.Event.TimeNs, null, frame), key, random));
        }
    }

    // The statement of a lane; null when the host says nothing of it.
    private LaneProgress? Said(Frame frame, Lane lane, long untilNs)
    {
        List<Numbered> ofLane = [.. _numbers.Where(number => number.Event.Host == frame.Host && number.Event.Lane == lane)];
        var last = ofLane.LastOrDefault();
        if (last?.Spec.LostAfter > 0 && frame.Lane == lane && frame.Lost.Any(lost => lost.Range.Last == last.Last))
        {
            return new LaneProgress(lane, last.Last, (ulong)_scenario.ToldNs(last.Spec));
        }

        // A boot that is over says nothing any more.
        var overNs = _numbers.Where(number => number.Event.Host.HostId == frame.Host.HostId && number.Spec.Boot > BootOf(frame))
            .Select(number => number.Spec.Ns).DefaultIfEmpty(long.MaxValue).Min();
        untilNs = Math.Clamp(untilNs, 0, overNs);
        var given = ofLane.LastOrDefault(number => number.Spec.Ns < untilNs);
        var isInLoss = (given?.Spec.LostAfter > 0 && (given != last || untilNs < _scenario.ToldNs(given.Spec)))
            || ofLane.FirstOrDefault(number => number.Spec.Ns >= untilNs)?.Spec.LostBefore > 0;
        return isInLoss ? null : new LaneProgress(lane, given?.Last ?? 0, (ulong)untilNs);
    }

    private int BootOf(Frame frame) => _numbers.First(number => number.Event.Host == frame.Host).Spec.Boot;

    private static bool IsFirstWord(Frame frame, LaneProgress said) => frame.Lane == said.Lane && frame.Lost.Any(lost => lost.Range.Last == said.Last);

    private static Frame Copy(Frame frame, IReadOnlyList<LaneProgress> progress) => new()
    {
        Host = frame.Host,
        Lane = frame.Lane,
        Range = frame.Range,
        BootTimeUnixNs = frame.BootTimeUnixNs,
        Events = frame.Events,
        Lost = frame.Lost,
        Progress = progress,
    };
}
