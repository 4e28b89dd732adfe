using Detection.Findings;
using Detection.State;
using Detection.Tests.Correlation;
using Support;
using Wire.Model;
using static Detection.Tests.Correlation.Story;

namespace Detection.Tests.Items;

/// <summary>When a host has to be written, and what is made of what was seen since.</summary>
public sealed class HostItemTests
{
    private const string AWithoutB = "type: temporal, rules: [a, b], timespan: 10s, group-by: [host], condition: a and not b";

    private static readonly string Host = Some.Host().HostId;

    private readonly Story _story = new();

    [Fact]
    public void Host_is_written_when_it_is_new_and_then_once_a_minute_as_long_as_nothing_matters()
    {
        var engine = Engine(AWithoutB);
        Give(engine, Frames.Of([X(100, 1)], 1, 1));
        Assert.Equal(StateChange.Memory, engine.HostChange(Host));
        engine.MarkHostSaved(Host);
        Assert.Equal(StateChange.None, engine.HostChange(Host));

        Give(engine, Frames.Of([X(159, 3)], 2, 3));
        Assert.Equal(StateChange.Progress, engine.HostChange(Host));
        Give(engine, Frames.Of([X(160, 4)], 4, 4));
        Assert.Equal(StateChange.Memory, engine.HostChange(Host));
    }

    [Fact]
    public void Frame_that_speaks_of_a_time_far_ahead_does_not_stop_the_write_of_each_minute()
    {
        var engine = Saved(Engine(AWithoutB), new Frame
        {
            Host = Some.Host(), Lane = Lane.High, BootTimeUnixNs = Some.BootTimeUnixNs, Events = [X(100, 1)], Range = new SequenceRange(1, 1),
            Progress = [new LaneProgress(Lane.High, 1, 100_000_000 * (ulong)Second)],
        });

        Give(engine, Frames.Of([X(159, 2)], 2, 2));
        Assert.Equal(StateChange.Progress, engine.HostChange(Host));
        Give(engine, Frames.Of([X(160, 3)], 3, 3));
        Assert.Equal(StateChange.Memory, engine.HostChange(Host));
    }

    [Fact]
    public void Rules_that_cost_most_are_named_with_what_they_found_since_the_last_time()
    {
        var engine = Engine(AWithoutB);
        Give(engine, Frames.Of([_story.Exec("a", 100 * Second, sequence: 1), _story.Exec("a", 101 * Second, sequence: 2)], 1, 2));

        var dearest = engine.TakeDearestRules(10);

        Assert.Contains(dearest, work => work is { Found: 2, Steps: >= 2 });
        Assert.Equal(dearest.OrderByDescending(work => work.Steps), dearest);
        Assert.Empty(engine.TakeDearestRules(1));
    }

    [Fact]
    public void What_a_correlation_takes_up_is_written_at_once()
    {
        var engine = Saved(Engine(AWithoutB), Frames.Of([X(100, 1)], 1, 1));

        Give(engine, Frames.Of([_story.Exec("b", 101 * Second, sequence: 2)], 2, 2));

        Assert.Equal(StateChange.Memory, engine.HostChange(Host));
    }

    [Fact]
    public void Loss_hole_and_boot_are_written_at_once()
    {
        var lost = Saved(Engine(AWithoutB), Frames.Of([X(100, 1)], 1, 1));
        Give(lost, Frames.Of([X(101, 3)], 2, 3, lost: [new LostRange(new SequenceRange(2, 2), LossCause.Kernel)]));
        var hole = Saved(Engine(AWithoutB), Frames.Of([X(100, 1)], 1, 1));
        Give(hole, Frames.Of([X(101, 3)], 3, 3));
        var boot = Saved(Engine(AWithoutB), Frames.Of([X(100, 1)], 1, 1));
        Give(boot, Frames.Of([], 1, 1, host: Some.Host(bootId: Guid.NewGuid())));

        Assert.All([lost, hole, boot], engine => Assert.Equal(StateChange.Memory, engine.HostChange(Host)));
    }

    [Fact]
    public void Event_without_a_frame_is_written_at_once()
    {
        var engine = Saved(Engine(AWithoutB), Frames.Of([X(100, 1)], 1, 1));

        _ = engine.Evaluate(X(101, 2));

        Assert.Equal(StateChange.Memory, engine.HostChange(Host));
    }

    [Fact]
    public void Host_that_is_forgotten_takes_its_events_up_again()
    {
        var engine = Engine(AWithoutB);
        Give(engine, Frames.Of([X(100, 1)], 1, 1));

        engine.ForgetHost(Host);
        Give(engine, Frames.Of([X(100, 1)], 1, 1));

        Assert.Equal(0, engine.Counters.Duplicates);
    }

    [Fact]
    public void Numbers_behind_what_is_stored_were_seen_by_somebody() =>
        Assert.Equal(Verdict.Certain, VerdictBehind(Frames.Of([A(102, 6)], 6, 6, Frames.Name(3)), 3));

    [Fact]
    public void Numbers_that_the_host_names_and_that_do_not_come_were_seen_by_somebody()
    {
        var e = Some.Exec(Some.Process("/a", pid: 4242), 9, (ulong)(102 * Second), Lane.Bulk);
        var told = new Frame
        {
            Host = e.Host,
            Lane = e.Lane,
            Range = new SequenceRange(1, 9),
            BootTimeUnixNs = Some.BootTimeUnixNs,
            Events = [e],
            Progress = [new LaneProgress(Lane.High, 5, (ulong)(102 * Second))],
            Previous = Frames.Name(2),
        };

        Assert.Equal(Verdict.Certain, VerdictBehind(told, 3));
    }

    [Fact]
    public void Numbers_are_missing_where_the_next_frame_names_the_one_that_is_stored() =>
        Assert.Equal(Verdict.Unknown, VerdictBehind(Frames.Of([A(102, 6)], 6, 6, Frames.Name(1)), 3));

    [Fact]
    public void Numbers_are_missing_before_a_frame_that_knows_of_none_before_it() =>
        Assert.Equal(Verdict.Unknown, VerdictBehind(Frames.Of([A(102, 6)], 6, 6), 3));

    [Fact]
    public void Numbers_are_missing_before_a_frame_that_comes_much_later() =>
        Assert.Equal(Verdict.Unknown, VerdictBehind(Frames.Of([A(221, 6)], 6, 6, Frames.Name(3)), 3));

    [Fact]
    public void Numbers_are_missing_before_the_second_frame()
    {
        var engine = Resumed();
        Give(engine, Frames.Of([X(101, 2)], 2, 2, Frames.Name(1)), 2);

        Assert.Equal(Verdict.Unknown, VerdictOf(engine, Frames.Of([A(102, 6)], 6, 6, Frames.Name(5)), 6));
    }

    [Fact]
    public void Event_of_a_number_that_somebody_saw_is_taken_up_when_it_comes()
    {
        var engine = Resumed();
        Give(engine, Frames.Of([X(102, 6)], 6, 6, Frames.Name(5)), 6);

        Give(engine, Frames.Of([A(101, 3)], 2, 3, Frames.Name(1)), 2);

        Assert.Equal(0, engine.Counters.Duplicates);
        Assert.Single(engine.Complete(), report => report.Change == IncidentChange.Opened);
    }

    [Fact]
    public void Cached_host_is_stale_where_numbers_are_missing_or_time_has_passed()
    {
        var engine = Saved(Engine(AWithoutB), Frames.Of([X(100, 1)], 1, 1));
        Give(engine, Frames.Of([X(101, 2)], 2, 2));

        Assert.False(engine.HostIsStale(Frames.Of([X(102, 3)], 3, 3)));
        Assert.True(engine.HostIsStale(Frames.Of([X(102, 4)], 4, 4)));
        Assert.True(engine.HostIsStale(Frames.Of([X(402, 3)], 3, 3)));
        Assert.True(engine.HostIsStale(Frames.Of([X(102, 3)], 3, 3, host: Some.Host("i-unknown"))));
        Assert.False(Resumed().HostIsStale(Frames.Of([X(102, 4)], 4, 4)));
    }

    [Fact]
    public void Silent_host_is_answered_and_its_incidents_closed_when_its_time_is_over()
    {
        var engine = Saved(Engine(AWithoutB), Frames.Of([A(100, 1)], 1, 1));

        var reports = engine.AdvanceHost(Host, Some.BootTimeUnixNs + (5_000 * Second));

        Assert.Equal([IncidentChange.Opened, IncidentChange.Closed], reports.Select(report => report.Change));
        Assert.Equal(StateChange.Memory, engine.HostChange(Host));
    }

    [Fact]
    public void Item_of_another_host_is_refused()
    {
        var engine = Saved(Engine(AWithoutB), Frames.Of([A(100, 1)], 1, 1));

        Assert.False(engine.TryLoadHost("i-other", engine.EncodeHost(Host), out var fault));
        Assert.Contains(Host, fault, StringComparison.Ordinal);
    }

    private static void Give(DetectionEngine engine, Frame frame, int name = 0) =>
        _ = engine.EvaluateFrame(frame, name == 0 ? null : Frames.Name(name)).ToList();

    private static DetectionEngine Saved(DetectionEngine engine, Frame frame, int name = 0)
    {
        Give(engine, frame, name);
        engine.MarkHostSaved(Host);
        return engine;
    }

    private ExecEvent X(int second, ulong sequence) => _story.Exec("x", second * Second, sequence: sequence);

    private ExecEvent A(int second, ulong sequence) => _story.Exec("a", second * Second, sequence: sequence);

    // With number 1 at 100 s in the first frame.
    private DetectionEngine Resumed() =>
        StoredItems.Of(Saved(Engine(AWithoutB), Frames.Of([X(100, 1)], 1, 1), 1)).Resume(Pack(AWithoutB));

    private Verdict VerdictBehind(Frame frame, int name) => VerdictOf(Resumed(), frame, name);

    private static Verdict VerdictOf(DetectionEngine engine, Frame frame, int name)
    {
        List<Incident> reports = [.. engine.EvaluateFrame(frame, Frames.Name(name)), .. engine.Complete()];
        return Assert.Single(reports, report => report.Change == IncidentChange.Opened).Verdict;
    }
}
