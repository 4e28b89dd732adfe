using AlertLambda.Findings;
using Support;
using Wire.Model;

namespace AlertLambda.Tests.Findings;

public sealed class HostWatchTests
{
    private static readonly TimeSpan Long = HostWatch.Grace + TimeSpan.FromMinutes(2);

    private readonly FrameStory _story = new();

    [Fact]
    public void Frames_in_order_and_frames_that_come_again_are_no_finding()
    {
        byte[][] frames = [.. Enumerable.Range(0, 50).Select(_ => _story.Make())];

        Assert.Empty(frames.Concat(frames[20..]).SelectMany(_story.Receive));
        Assert.Empty(_story.Pass(Long));
        Assert.False(_story.Watch.HasNews);
    }

    [Fact]
    public void Frame_that_never_comes_is_a_gap_after_the_time_in_which_it_could_have()
    {
        _story.Send();
        var missing = _story.Make(numbers: 17);
        Assert.Empty(_story.Send());
        Assert.True(_story.Watch.HasNews);
        Assert.Empty(_story.Pass(HostWatch.Grace - TimeSpan.FromMinutes(2)));

        var findings = _story.Pass(TimeSpan.FromMinutes(4));

        var gap = Assert.Single(findings);
        Assert.Equal(FindingKind.TelemetryGap, gap.Kind);
        Assert.Equal("17 numbers of lane Bulk, 11 to 27", gap.Facts[0].Value);
        Assert.Equal(2, _story.Watch.State.Open[0].Count); // the numbers, and the frame that its successor names
        Assert.NotNull(missing);
    }

    [Fact]
    public void Frame_that_was_overtaken_is_none()
    {
        _story.Send();
        var late = _story.Make();
        _story.Send();
        _story.Pass(TimeSpan.FromMinutes(5));

        Assert.Empty(_story.Receive(late));
        Assert.Empty(_story.Pass(Long));
    }

    [Fact]
    public void Gap_is_told_once_and_once_more_when_nothing_was_missing_for_a_while()
    {
        _story.Send();
        _story.Make();
        _story.Send();
        _story.Make();
        _story.Send();

        var findings = _story.Pass(Long + FindingLog.Quiet + TimeSpan.FromMinutes(2));

        Assert.Equal([false, true], findings.Select(finding => finding.IsOver));
        Assert.Equal(findings[0].Id, findings[1].Id);
        Assert.Equal("4 times", findings[1].Facts[0].Value);
        Assert.Empty(_story.Watch.State.Open);
    }

    [Fact]
    public void Gap_is_found_by_another_process_than_the_one_that_saw_the_hole()
    {
        _story.Send();
        _story.Make(numbers: 3);
        _story.Send();
        _story.Restart();

        Assert.Contains("3 numbers", Assert.Single(_story.Pass(Long)).Facts[0].Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Frame_that_was_named_and_never_came_is_a_gap_after_another_process_took_over()
    {
        _story.Send();
        _story.Receive(_story.Make(previous: FrameDigest.Of([1, 2, 3])));
        _story.Restart();

        Assert.Contains("which another one names", Assert.Single(_story.Pass(Long)).Facts[0].Value, StringComparison.Ordinal);
        Assert.Empty(_story.Watch.State.MissingFrames);
    }

    [Fact]
    public void Frame_that_was_missing_and_comes_to_another_process_is_no_gap()
    {
        _story.Send();
        var late = _story.Make();
        _story.Send();
        _story.Restart();

        Assert.Empty(_story.Receive(late));
        Assert.Empty(_story.Pass(Long));
    }

    [Fact]
    public void Frames_up_to_the_record_that_an_item_holds_change_nothing_when_they_come_again()
    {
        _story.Shard = "stream/shard-0";
        _story.Send();
        _story.Send(lost: [new LostRange(_story.NextNumbers(4), LossCause.Kernel)], bootTimeUnixNs: Some.BootTimeUnixNs - (7200L * 1_000_000_000));
        _story.Make();
        _story.Send();
        _story.Pass(Long + FindingLog.Quiet + FindingLog.Quiet);
        var saved = _story.Watch.State.Encode();
        _story.Restart();

        Assert.Empty(_story.ReceiveAllAgain());
        Assert.False(_story.Watch.HasNews);
        Assert.Equal(saved, _story.Watch.State.Encode());
        Assert.Empty(_story.Pass(Long));
    }

    [Fact]
    public void Numbers_that_are_missing_after_the_record_that_an_item_holds_are_a_gap_if_all_after_it_comes_again()
    {
        _story.Shard = "stream/shard-0";
        _story.Send();
        _story.Restart();
        _story.Make(numbers: 4);

        Assert.Contains("4 numbers", Assert.Single(_story.Pass(Long)).Facts[0].Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Places_in_shards_are_not_compared_with_each_other_and_the_oldest_goes()
    {
        var state = new WatchState();
        Assert.False(state.Take(new StreamPlace("a", "900")));
        Assert.True(state.Take(new StreamPlace("a", "1000")));
        Assert.True(state.IsTaken(new StreamPlace("a", "999")));
        Assert.False(state.IsTaken(new StreamPlace("a", "1001")));
        Assert.False(state.IsTaken(new StreamPlace("b", "1")));
        foreach (var shard in Enumerable.Range(0, WatchState.MostShards))
        {
            state.Take(new StreamPlace($"other-{shard}", "1"));
        }

        Assert.Equal(WatchState.MostShards, state.Taken.Count);
        Assert.False(state.IsTaken(new StreamPlace("a", "1")));
        Assert.False(state.Take(null));
        Assert.Empty(state.Taken);
    }

    [Fact]
    public void State_of_an_older_function_is_read_and_knows_of_no_shard()
    {
        var state = WatchState.TryDecode("""{"Version":1,"Lanes":[{"Boot":"0b5f7a54-0f7e-4a8e-9c53-2d1b8f0e4c11","Lane":"Bulk","Next":11}]}"""u8)!;

        Assert.Equal((11ul, 0, 0), (state.Lanes[0].Next, state.Taken.Count, state.MissingFrames.Count));
    }

    [Fact]
    public void Every_lane_and_kind_of_finding_comes_back()
    {
        var state = new WatchState();
        state.Lanes.AddRange(Enum.GetValues<Lane>().Select(lane => new LaneNumbers { Boot = Some.Host().BootId, Lane = lane, Next = 11 }));
        state.Open.AddRange(Enum.GetValues<FindingKind>().Select(kind => new OpenFinding { Kind = kind, SinceMs = 1, LastMs = 2 }));

        var read = WatchState.TryDecode(state.Encode())!;

        Assert.Equal(Enum.GetValues<Lane>(), read.Lanes.Select(lane => lane.Lane));
        Assert.Equal(Enum.GetValues<FindingKind>(), read.Open.Select(open => open.Kind));
    }

    [Fact]
    public void Numbers_that_came_after_what_was_saved_are_not_missing()
    {
        _story.Send();
        var saved = _story.Watch.State.Encode();
        _story.Send();
        _story.Send();
        var watch = new HostWatch(WatchState.TryDecode(saved)!);

        foreach (var bytes in Enumerable.Range(0, 30).Select(_ => _story.Make()))
        {
            Assert.True(Wire.Codec.FrameDecoder.TryDecode(bytes, out var frame, out _));
            _story.NowMs += 60_000;
            Assert.Empty(watch.Observe(bytes, frame!, _story.NowMs));
        }
    }

    [Fact]
    public void Second_frame_that_follows_the_same_one_with_other_numbers_is_forged()
    {
        _story.Send();
        var first = _story.Make();
        _story.Receive(first);
        _story.Send();

        var findings = _story.Receive(_story.Make(previous: FrameDigest.Of(first)));

        Assert.Equal(FindingKind.ForgedTelemetry, Assert.Single(findings).Kind);
    }

    [Fact]
    public void Losses_that_the_agent_tells_are_one_finding_with_their_cause()
    {
        _story.Send();
        IReadOnlyList<LostRange> Lost(LossCause cause) => [new LostRange(_story.NextNumbers(4), cause)];

        var findings = _story.Send(lost: Lost(LossCause.Kernel)).Concat(_story.Send(lost: Lost(LossCause.Spool))).ToList();

        var finding = Assert.Single(findings);
        Assert.Equal((FindingKind.AgentDegraded, "4 (the ring was full)"), (finding.Kind, finding.Facts[0].Value));
        Assert.True(Assert.Single(_story.Pass(Long)).IsOver);
    }

    [Fact]
    public void Heartbeat_that_says_what_is_wrong_is_a_finding_and_one_of_another_life_counts_anew()
    {
        Heartbeat Beat(ulong takenS, ulong uptimeS, ulong unparsed, HookTrust trust = HookTrust.Proven, SpoolState spool = SpoolState.Disk) => new()
        {
            TakenBootNs = takenS * 1_000_000_000,
            UptimeNs = uptimeS * 1_000_000_000,
            Totals = new AgentTotals { Unparsed = unparsed },
            Signals = [new SignalHealth("file-open", "fexit", trust)],
            Sinks = [new SinkHealth { Name = "kinesis", Spool = spool }],
        };

        Assert.Empty(_story.Send(heartbeat: Beat(100, 60, 0)));
        var unparsed = Assert.Single(_story.Send(heartbeat: Beat(160, 120, 2)));
        Assert.Equal(("Records not understood", "2"), (unparsed.Facts[0].Label, unparsed.Facts[0].Value));
        Assert.True(Assert.Single(_story.Pass(Long)).IsOver);
        Assert.Empty(_story.Send(heartbeat: Beat(100, 60, 9))); // a late one
        Assert.Empty(_story.Send(heartbeat: Beat(220, 180, 2)));
        Assert.Empty(_story.Send(heartbeat: Beat(300, 10, 0)));
        var silent = Assert.Single(_story.Send(heartbeat: Beat(360, 70, 0, HookTrust.Silent, SpoolState.Memory)));
        Assert.Equal(["Probe silent", "Spool"], silent.Facts.Select(fact => fact.Label));
    }

    [Fact]
    public void Clock_that_is_ahead_or_was_set_is_a_finding()
    {
        _story.Send();

        var set = Assert.Single(_story.Send(bootTimeUnixNs: Some.BootTimeUnixNs - (7200L * 1_000_000_000)));
        Assert.Equal((FindingKind.ClockSkew, "-2 h 0 min"), (set.Kind, set.Facts[0].Value));

        var other = new FrameStory();
        var ahead = Assert.Single(other.Send(heartbeat: new Heartbeat { TakenBootNs = 90_000ul * 1_000_000_000 }));
        Assert.Equal("+59 min 59 s", ahead.Facts[0].Value);
    }

    [Fact]
    public void Silence_is_told_once_and_is_over_with_the_next_frame()
    {
        _story.Send();
        var heardMs = _story.NowMs;

        var silent = Assert.Single(_story.Watch.ObserveSilence(_story.Host, heardMs, heardMs + 300_000));
        Assert.Empty(_story.Watch.ObserveSilence(_story.Host, heardMs, heardMs + 360_000));
        _story.Restart();
        Assert.DoesNotContain(_story.Send(), finding => finding.Kind == FindingKind.AgentSilent);
        _story.NowMs = heardMs + 360_000;
        var over = Assert.Single(_story.Send());

        Assert.Equal((FindingKind.AgentSilent, heardMs, true), (over.Kind, over.FromMs, over.IsOver));
        Assert.Equal(silent.Id, over.Id);
    }

    [Fact]
    public void What_is_remembered_has_a_bound_whatever_comes()
    {
        foreach (var boot in Enumerable.Range(0, 200))
        {
            var other = new FrameStory { Host = Some.Host(bootId: new Guid(boot, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1])) };
            foreach (var _ in Enumerable.Range(0, 50))
            {
                other.Make();
                var bytes = other.Make();
                Assert.True(Wire.Codec.FrameDecoder.TryDecode(bytes, out var frame, out var _));
                _story.Watch.Observe(bytes, frame!, _story.NowMs);
            }
        }

        Assert.Equal(WatchState.MostLanes, _story.Watch.State.Lanes.Count);
        Assert.InRange(_story.Watch.State.Encode().Length, 1, 64 * 1024);
    }
}
