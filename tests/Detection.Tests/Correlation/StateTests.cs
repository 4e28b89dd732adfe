using Detection.Correlation.Telemetry;
using Detection.Findings;
using Detection.Rules;
using Detection.State;
using Detection.Taxonomy;
using Support;
using Wire.Codec;
using static Detection.Tests.Correlation.Story;

namespace Detection.Tests.Correlation;

/// <summary>What an engine takes over from an encoded one.</summary>
public sealed class StateTests
{
    private const string InOrder = "type: temporal_ordered, rules: [a, b], timespan: 10s, group-by: [host]";
    private const string AnyOrder = "type: temporal, rules: [a, b], timespan: 10s, group-by: [host]";

    private const string OverHosts = "Under test 3";

    private static readonly string Host = Some.Host().HostId;

    private readonly Story _story = new();

    [Fact]
    public void Rule_that_is_new_to_a_state_is_uncertain_of_what_came_before()
    {
        const string Negation = "type: temporal, rules: [a, b], timespan: 10s, group-by: [host], condition: a and not b";
        var engine = new DetectionEngine(Pack(Negation));
        Run(engine, _story.Exec("b", 100 * Second));
        var changed = Resume(engine, Pack(Negation.Replace("10s", "11s", StringComparison.Ordinal)));

        var closed = RunToEnd(changed, _story.Exec("a", 105 * Second), _story.Exec("a", 2_000 * Second));

        Assert.Equal([Verdict.Unknown, Verdict.Certain], closed.Select(incident => incident.Verdict));
    }

    [Fact]
    public void Changed_rule_starts_empty_and_an_unchanged_one_keeps_what_it_knows()
    {
        var engine = new DetectionEngine(Pack(InOrder, AnyOrder));
        Assert.Empty(Run(engine, _story.Exec("a", Second)));

        var resumed = Resume(engine, Pack(InOrder.Replace("10s", "11s", StringComparison.Ordinal), AnyOrder));

        Assert.Equal("Under test 2", Assert.Single(RunToEnd(resumed, _story.Exec("b", 2 * Second))).Rule.Title);
    }

    [Fact]
    public void Rule_that_is_gone_takes_its_state_with_it_and_a_new_one_starts()
    {
        var engine = new DetectionEngine(Pack(InOrder));
        Run(engine, _story.Exec("a", Second));

        Assert.Empty(RunToEnd(Resume(engine, Pack(AnyOrder)), _story.Exec("b", 2 * Second)));
    }

    [Fact]
    public void Open_incident_goes_on_after_a_resume_without_a_second_notification()
    {
        var pack = Pack(InOrder);
        var engine = new DetectionEngine(pack);
        var opened = Assert.Single(Run(engine, _story.Exec("a", Second), _story.Exec("b", 2 * Second)));

        var resumed = Resume(engine, pack);

        Assert.Empty(Run(resumed, _story.Exec("b", 3 * Second)));
        var closed = Assert.Single(resumed.Complete());
        Assert.Equal((opened.Id, 2), (closed.Id, closed.Firings));
    }

    [Fact]
    public void Same_rule_twice_in_a_pack_keeps_what_both_know()
    {
        const string Twice = $"title: Same\ncorrelation: {{ {InOrder} }}\n---\n";
        var pack = Packs.LoadAll(Packs.Letters + Twice + Twice);
        var engine = new DetectionEngine(pack);
        Run(engine, _story.Exec("a", Second), _story.Exec("a", 2 * Second));

        Assert.Equal(2, RunToEnd(Resume(engine, pack), _story.Exec("b", 3 * Second)).Count);
    }

    [Fact]
    public void Event_that_was_forgotten_and_came_again_is_kept_twice()
    {
        var limits = new DetectionLimits { RangesPerLane = 1 };
        var pack = Pack("type: temporal_ordered, rules: [a, b], timespan: 10s, group-by: [process]");
        var engine = new DetectionEngine(pack, limits);
        Run(engine, _story.Exec("a", Second, Process(7), sequence: 10), _story.Exec("a", Second, Process(7), sequence: 20));

        Assert.Empty(Run(engine, _story.Exec("a", Second, Process(8), sequence: 10)));

        var resumed = Resume(engine, pack, limits);
        Assert.Single(RunToEnd(resumed, _story.Exec("b", 2 * Second, Process(8), sequence: 21)));
    }

    [Fact]
    public void Number_of_a_record_that_the_event_does_not_have_is_refused()
    {
        var open = Some.FileOpen("/etc/shadow");
        var view = new HostEventView();
        view.Show(open);
        using var reader = new StateReader([(byte)(view.RecordCount - 1), (byte)view.RecordCount]);

        Assert.Equal(view.RecordCount - 1, reader.ReadRecordOf(open));
        Assert.Throws<InvalidDataException>(() => reader.ReadRecordOf(open));
    }

    [Fact]
    public void Part_that_says_it_is_longer_than_the_state_is_refused_without_memory_for_it()
    {
        using var reader = new StateReader([0xFF, 0xFF, 0xFF, 0xFF, 0x07, 1, 2, 3]);
        var allocated = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<InvalidDataException>(reader.ReadPart);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, 1_000_000);
    }

    [Fact]
    public void Lane_that_a_state_begins_at_0_does_not_stop_the_engine()
    {
        using var writer = new StateWriter(new FrameEncoder());
        var host = new HostTelemetry(new DetectionLimits(), new DetectionCounters());
        var e = _story.Exec("a", Second, sequence: 9);
        Assert.True(host.Add(e, out _));
        host.Boot(e.Host.BootId)[e.Lane].Base = 0;
        TelemetryCodec.Write(writer, host);

        var resumed = new HostTelemetry(new DetectionLimits(), new DetectionCounters());
        using var reader = new StateReader(writer.ToArray());
        TelemetryCodec.Read(reader, resumed);
        resumed.Complete();

        Assert.Equal(2, resumed.SegmentCount);
    }

    [Fact]
    public void Boot_that_stands_twice_in_a_state_is_refused()
    {
        using var writer = new StateWriter(new FrameEncoder());
        var host = new HostTelemetry(new DetectionLimits(), new DetectionCounters());
        Assert.True(host.Add(_story.Exec("a", Second, sequence: 9), out _));
        TelemetryCodec.Write(writer, host);
        var resumed = new HostTelemetry(new DetectionLimits(), new DetectionCounters());
        using var once = new StateReader(writer.ToArray());
        using var twice = new StateReader(writer.ToArray());

        TelemetryCodec.Read(once, resumed);

        Assert.Throws<InvalidDataException>(() => TelemetryCodec.Read(twice, resumed));
    }

    [Fact]
    public void Number_0_of_a_log_is_kept()
    {
        var pack = Pack(InOrder);
        var engine = new DetectionEngine(pack);
        Assert.True(FieldEventReader.TryRead("""{"seq":0}"""u8, 1, 0, out var e, out var fault), fault);
        _ = engine.Evaluate(e);

        var resumed = Resume(engine, pack);

        _ = resumed.Evaluate(e);
        Assert.Equal(1, resumed.Counters.Duplicates);
    }

    [Fact]
    public void State_of_a_resumed_engine_is_the_state_it_was_resumed_from()
    {
        var (pack, state) = Encoded();
        var engine = new DetectionEngine(pack);

        Assert.True(engine.TryLoadHost(Host, state, out var fault), fault);

        Assert.Equal(state, engine.EncodeHost(Host));
    }

    [Fact]
    public void Events_that_fill_more_than_a_frame_are_kept()
    {
        var pack = Pack(InOrder);
        var engine = new DetectionEngine(pack);
        var text = new string('x', 4_000);
        Run(engine, [.. Enumerable.Range(1, 128).Select(i => Some.Exec(
            Some.Process("/a", [$"{i}{text}"], pid: (uint)i + 9, currentDirectory: $"/{i}/{text}"), (ulong)i, (ulong)(Second + i), askedPath: $"/{i}{text}"))]);

        Assert.Single(Run(Resume(engine, pack), _story.Exec("b", 2 * Second, sequence: 129)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void State_that_is_cut_off_is_refused_with_a_reason(bool shared)
    {
        var (pack, state) = Encoded(shared);

        for (var length = 0; length < state.Length; length++)
        {
            AssertRefused(pack, state.AsSpan(0, length), $"cut to {length}");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void State_with_a_damaged_byte_is_refused_with_a_reason(bool shared)
    {
        var (pack, state) = Encoded(shared);

        for (var i = 0; i < state.Length; i++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var damaged = state.ToArray();
                damaged[i] ^= (byte)(1 << bit);
                AssertRefused(pack, damaged, $"bit {bit} of byte {i}");
            }
        }
    }

    [Fact]
    public void Random_bytes_are_refused_with_a_reason()
    {
        var random = new Random(7);
        var (pack, state) = Encoded();

        for (var i = 0; i < 1_000; i++)
        {
            var damaged = new byte[random.Next(state.Length * 2)];
            random.NextBytes(damaged);
            state.AsSpan(0, Math.Min(random.Next(16), damaged.Length)).CopyTo(damaged);
            AssertRefused(pack, damaged, $"random bytes number {i}");
        }
    }

    [Fact]
    public void State_with_something_behind_it_is_refused_with_a_reason()
    {
        var (pack, state) = Encoded();

        AssertRefused(pack, [.. state, 0], "one byte more");
    }

    private static void AssertRefused(RulePack pack, ReadOnlySpan<byte> state, string what)
    {
        var engine = new DetectionEngine(pack);
        Assert.False(engine.TryLoadHost(Host, state, out var fault), what);
        Assert.False(engine.KnowsHost(Host), what);
        Assert.False(string.IsNullOrWhiteSpace(fault), what);
        Assert.False(engine.TryLoadShared(OverHosts, state, out fault), what);
        Assert.NotEqual(StateChange.Memory, engine.SharedChange(OverHosts));
        Assert.False(string.IsNullOrWhiteSpace(fault), what);
    }

    private (RulePack Pack, byte[] State) Encoded(bool shared = false)
    {
        var pack = Pack(InOrder, AnyOrder, "type: temporal, rules: [a, b], timespan: 10s, condition: a and not b", "type: value_count, rules: [a], timespan: 10s, group-by: [process], condition: { field: User, lt: 3 }");
        var engine = new DetectionEngine(pack);
        Run(engine, _story.Exec("a", Second), _story.Exec("ab", 2 * Second), _story.Exec("b", 5 * Second), _story.Exec("a", 6 * Second, Process(7)));
        return (pack, shared ? engine.EncodeShared(OverHosts) : engine.EncodeHost(Host));
    }
}
