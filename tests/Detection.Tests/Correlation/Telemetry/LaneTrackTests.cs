using Detection.Correlation.Telemetry;
using FsCheck;
using FsCheck.Fluent;

namespace Detection.Tests.Correlation.Telemetry;

/// <summary>What is known of a lane's numbers does not depend on the order in which it became known.</summary>
public sealed class LaneTrackTests
{
    private const int Numbers = 24;

    [Fact]
    public void Event_is_new_once()
    {
        var lane = new LaneTrack();

        Assert.True(lane.AddEvent(7, 70));
        Assert.False(lane.AddEvent(7, 70));
    }

    [Fact]
    public void Lane_is_complete_up_to_its_first_hole()
    {
        var lane = new LaneTrack();
        lane.AddEvent(1, 10);
        lane.AddEvent(2, 20);
        lane.AddEvent(4, 40);

        Assert.Equal(20, lane.CompleteNs());
        lane.AddEvent(3, 30);
        Assert.Equal(40, lane.CompleteNs());
    }

    [Fact]
    public void Filtered_and_lost_numbers_fill_holes()
    {
        var lane = new LaneTrack();
        lane.AddEvent(1, 10);
        lane.AddEvent(9, 90);
        lane.AddFiltered(2, 4);
        lane.AddLost(5, 8);

        Assert.Equal(90, lane.CompleteNs());
        Assert.True(lane.LostBetween(80, 100, 200, long.MinValue));
        Assert.True(lane.LostBetween(0, 10, 90, long.MinValue));
        Assert.False(lane.LostBetween(0, 9, 200, long.MinValue));
        Assert.False(lane.LostBetween(91, 100, 200, long.MinValue));
        Assert.False(lane.LostBetween(80, 100, 89, long.MinValue));
    }

    [Fact]
    public void Event_that_was_called_lost_may_come_after_all()
    {
        var lane = new LaneTrack();
        lane.AddEvent(1, 10);
        lane.AddLost(2, 4);
        lane.AddEvent(5, 50);

        Assert.True(lane.AddEvent(3, 30));
        Assert.False(lane.AddEvent(3, 30));
        Assert.Equal([(1ul, false), (2ul, true), (3ul, false), (4ul, true), (5ul, false)], lane.Segments.Select(s => (s.First, s.IsLost)));
        lane.AddFiltered(1, 5);
        Assert.Equal([(1ul, 5ul, false)], lane.Segments.Select(s => (s.First, s.Last, s.IsLost)));
    }

    [Fact]
    public void Hole_counts_as_lost_once_what_is_missing_can_not_come_any_more()
    {
        var lane = new LaneTrack();
        lane.AddEvent(1, 10);
        lane.AddEvent(3, 30);
        lane.AddEvent(5, 50);

        lane.LoseHolesBefore(29);
        Assert.Equal(10, lane.CompleteNs());
        lane.LoseHolesBefore(30);
        Assert.Equal(30, lane.CompleteNs());
        lane.LoseHolesBefore(50);
        Assert.Equal(50, lane.CompleteNs());
        Assert.Equal(5, lane.Segments.Count);
    }

    [Fact]
    public void Numbers_before_the_first_known_one_are_a_hole()
    {
        var lane = new LaneTrack();
        lane.AddEvent(5, 50);

        Assert.Equal(Segment.NoTime, lane.CompleteNs());
        lane.LoseHolesBefore(50);
        Assert.Equal(50, lane.CompleteNs());
        Assert.True(lane.LostBetween(0, 10, 50, long.MinValue));
    }

    [Fact]
    public void Progress_completes_an_idle_lane_once_its_numbers_are_there()
    {
        var lane = new LaneTrack();
        lane.NoteProgress(2, 1_000);
        lane.AddEvent(1, 10);

        Assert.Equal(10, lane.CompleteNs());
        lane.AddEvent(2, 20);
        Assert.Equal(1_000, lane.CompleteNs());
        lane.AddEvent(3, 2_000);
        Assert.Equal(2_000, lane.CompleteNs());
    }

    [Fact]
    public void Numbers_that_were_given_and_never_came_are_lost_before_the_time_that_was_said_first()
    {
        var lane = new LaneTrack();
        lane.NoteProgress(1_000, 50);
        lane.NoteProgress(1_000, 900);

        lane.LoseHolesBefore(49);
        Assert.Equal(Segment.NoTime, lane.CompleteNs());
        lane.LoseHolesBefore(50);
        Assert.Equal(900, lane.CompleteNs());
        Assert.True(lane.LostBetween(50, 60, 50, long.MinValue));
        Assert.False(lane.LostBetween(51, 60, 900, long.MinValue));
    }

    [Fact]
    public void Lane_that_gave_no_number_yet_is_complete_as_far_as_its_host_says()
    {
        var lane = new LaneTrack();

        Assert.Equal(Segment.NoTime, lane.CompleteNs());
        lane.NoteProgress(0, 500);
        Assert.Equal(500, lane.CompleteNs());
    }

    [Fact]
    public void Lowest_numbers_are_forgotten_above_a_bound()
    {
        var lane = new LaneTrack();
        for (ulong i = 1; i <= 99; i += 2)
        {
            lane.AddEvent(i, (long)i * 10);
            lane.AddLost(i + 1, i + 1);
        }

        Assert.Equal(0, lane.Forget(most: 100));
        Assert.Equal(90, lane.Forget(most: 10));
        Assert.Equal(91ul, lane.Segments[0].First);
        Assert.Equal(990, lane.CompleteNs());
        Assert.True(lane.AddEvent(1, 10));
    }

    [Fact]
    public void Loss_that_nothing_came_after_counts_from_its_start_on()
    {
        var lane = new LaneTrack();
        lane.AddEvent(1, 100);
        lane.AddLost(2, 2);

        Assert.True(lane.LostBetween(1_000, 2_000, 3_000, long.MinValue));
        Assert.False(lane.LostBetween(0, 99, 3_000, long.MinValue));
        lane.NoteProgress(2, 500);
        Assert.True(lane.LostBetween(500, 2_000, 3_000, long.MinValue));
        Assert.False(lane.LostBetween(501, 2_000, 3_000, long.MinValue));
    }

    [Fact]
    public void Order_of_what_becomes_known_does_not_matter()
    {
        // 0 unknown, 1 event, 2 filtered, 3 lost; an event or a filtered number may have been called lost before.
        var kinds = Gen.Choose(0, 5).ArrayOf(Numbers);
        var orders = Gen.Choose(0, int.MaxValue).ArrayOf(Numbers * 2);
        Check.QuickThrowOnFailure(Prop.ForAll(kinds.Zip(orders).ToArbitrary(), drawn =>
        {
            var (known, order) = (drawn.Item1, drawn.Item2);
            var facts = Enumerable.Range(0, Numbers).SelectMany(i => FactsOf((ulong)i + 1, known[i])).ToList();
            var straight = Tell(facts);
            var shuffled = Tell([.. facts.Select((fact, i) => (fact, order[i])).OrderBy(entry => entry.Item2).Select(entry => entry.fact)]);

            Assert.Equal(straight.Segments, shuffled.Segments);
            Assert.Equal(straight.ContiguousLast, shuffled.ContiguousLast);
            Assert.Equal(straight.CompleteNs(), shuffled.CompleteNs());
        }));
    }

    private static IEnumerable<Action<LaneTrack>> FactsOf(ulong number, int kind)
    {
        if (kind is 1 or 4)
        {
            yield return lane => lane.AddEvent(number, (long)number * 10);
        }

        if (kind is 2 or 5)
        {
            yield return lane => lane.AddFiltered(number, number);
        }

        if (kind >= 3)
        {
            yield return lane => lane.AddLost(number, number);
        }
    }

    private static LaneTrack Tell(List<Action<LaneTrack>> facts)
    {
        var lane = new LaneTrack();
        facts.ForEach(fact => fact(lane));
        return lane;
    }

    [Fact]
    public void What_was_lost_behind_numbers_that_may_still_come_is_later_than_they_are()
    {
        var lane = new LaneTrack();
        lane.AddEvent(1, 100);
        lane.AddLost(3, 3);

        Assert.True(lane.LostBetween(100, 105, 900, missingSinceNs: 103));
        Assert.False(lane.LostBetween(100, 102, 900, missingSinceNs: 103));

        // Nor is it earlier than the event before them.
        Assert.False(lane.LostBetween(90, 99, 900, missingSinceNs: 98));
        Assert.True(lane.LostBetween(90, 100, 900, missingSinceNs: 98));

        lane.AddEvent(2, 110);
        Assert.False(lane.LostBetween(100, 109, 900, missingSinceNs: 103));
    }

    [Fact]
    public void What_was_lost_behind_the_numbers_of_which_the_host_speaks_is_later_than_it_says()
    {
        var lane = new LaneTrack();
        lane.AddEvent(1, 100);
        lane.NoteProgress(1, 104);
        lane.AddLost(2, 2);

        Assert.False(lane.LostBetween(100, 103, 900, long.MinValue));
        Assert.True(lane.LostBetween(100, 104, 900, long.MinValue));
    }
}
