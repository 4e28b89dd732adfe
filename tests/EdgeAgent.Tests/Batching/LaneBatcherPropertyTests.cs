using EdgeAgent.Batching;
using EdgeAgent.Enrichment;
using EdgeAgent.Options;
using EdgeAgent.Probes;
using FsCheck;
using FsCheck.Fluent;
using Support;
using Wire.Model;

namespace EdgeAgent.Tests.Batching;

public sealed class LaneBatcherPropertyTests
{
    private const ulong Start = 1000;

    /// <summary>Two dice a number: what becomes of it, and how late it comes.</summary>
    [Fact]
    public void Frames_say_of_every_number_exactly_once_what_became_of_it()
    {
        var dice = Gen.Choose(0, 99).Two().ArrayOf().ToArbitrary();
        Prop.ForAll(dice, Check).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(200));
    }

    private static void Check((int Fate, int Delay)[] dice)
    {
        var time = new ManualTime();
        var options = new AgentOptions { FlushInterval = TimeSpan.FromMilliseconds(20) };
        var progress = new HostProgress(new LaneStart(LaneNumbers.After(Start), LaneNumbers.After(Start), 0), options);
        var batcher = new LaneBatcher(Some.Host(), Lane.Bulk, new BootClock(Some.BootTimeUnixNs), time, LaneNumbers.After(Start), progress);
        var frames = new List<Frame>();

        // Most come in order, some a place later, some after the grace.
        var arrivals = dice.Select((d, i) => (Number: Start + 1 + (ulong)i, d.Fate, At: i + (d.Delay < 70 ? 0 : d.Delay < 95 ? 2 : 60)))
            .OrderBy(a => a.At).ThenBy(a => a.Number).ToArray();
        foreach (var (number, fate, at) in arrivals)
        {
            progress.Gathering.IsBehind = number / 50 % 2 == 1;
            Arrive(batcher, number, fate);
            if (at % 3 == 0)
            {
                time.AdvanceMilliseconds(5);
                frames.AddRange(batcher.TakeDue(final: false));
            }
        }

        batcher.KernelGave(Start + (ulong)dice.Length);
        frames.AddRange(batcher.TakeDue(final: true));
        Compare(frames, arrivals.ToDictionary(a => a.Number, a => a.Fate));
    }

    private static void Arrive(LaneBatcher batcher, ulong number, int fate)
    {
        switch (fate)
        {
            case < 50:
                batcher.Add(Some.Connect(sequence: number));
                break;
            case < 80:
                batcher.Skip(number);
                break;
            case < 85:
                batcher.Lose(number, LossCause.Unparsed);
                break;
            default:
                break; // no space in the ring
        }
    }

    private static void Compare(List<Frame> frames, Dictionary<ulong, int> fates)
    {
        var next = Start + 1;
        var told = new Dictionary<ulong, string>();
        foreach (var frame in frames)
        {
            if (frame.Range.First < next)
            {
                // A late event: its number was told as lost, and is corrected.
                var late = Assert.Single(frame.Events);
                Assert.Equal(new SequenceRange(late.Sequence, late.Sequence), frame.Range);
                Assert.Equal("lost", told[late.Sequence]);
                told[late.Sequence] = "event";
                continue;
            }

            Assert.Equal(next, frame.Range.First);
            next = frame.Range.Last + 1;
            for (var n = frame.Range.First; n <= frame.Range.Last; n++)
            {
                told.Add(n, frame.Lost.Any(l => l.Range.Contains(n)) ? "lost" : "filtered");
            }

            foreach (var e in frame.Events)
            {
                Assert.Equal("filtered", told[e.Sequence]);
                told[e.Sequence] = "event";
            }
        }

        Assert.Equal(Start + 1 + (ulong)fates.Count, next);
        foreach (var (number, fate) in fates)
        {
            // A filtered number that came after it was told as lost stays lost: more is said lost than was, never less.
            Assert.Contains(told[number], fate switch { < 50 => ["event"], < 80 => ["filtered", "lost"], _ => (string[])["lost"] });
        }
    }
}
