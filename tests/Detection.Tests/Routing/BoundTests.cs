using Detection.Routing;
using Detection.Rules;
using Detection.Taxonomy;
using Support;

namespace Detection.Tests.Routing;

/// <summary>What an event may cost at most.</summary>
public sealed class BoundTests
{
    private const int RuleCount = 150;

    [Fact]
    public void A_long_text_that_holds_every_literal_is_read_a_bounded_number_of_times_and_tries_each_rule_once()
    {
        var rules = Packs.LoadAll(string.Join("\n---\n", Enumerable.Range(1, RuleCount).Select(i => Packs.RuleText(
            $"s: {{ CommandLine|contains: '{new string('a', i)}' }}\nt: {{ CommandLine|endswith: b }}\ncondition: s and not t")))).Rules;
        var scan = new RuleScan(new RuleIndex(rules));
        var text = new string('a', 1_000_000) + "b";
        var view = new RecordsView((new LogSource("process_creation", "linux", ""), FieldsOnly.With("CommandLine", text)));

        Assert.Empty(Matches.ByIndex(scan, view));
        Assert.Equal(RuleCount, scan.CandidatesTried);
        Assert.InRange(scan.Steps, text.Length, 4L * text.Length);
    }

    [Fact]
    public void An_event_that_matches_nothing_allocates_nothing()
    {
        var rules = Packs.LoadAll("""
            title: A
            logsource: { product: linux, category: process_creation }
            detection: { s: { Image|endswith: /nc, Uid|lt: 0 }, condition: s }
            ---
            title: B
            logsource: { product: linux, service: auditd }
            detection: { s: { type: EXECVE, a0: nc, a1: 42 }, t: { Uid: 7 }, condition: s or t }
            ---
            title: C
            logsource: { product: linux }
            detection: { s: [ 'kw one', 'kw two' ], condition: s }
            """).Rules;
        var scan = new RuleScan(new RuleIndex(rules));
        var view = new HostEventView();
        Wire.Model.HostEvent[] events = [Some.Exec(Some.Process("/usr/bin/nc", ["nc", "-l", "80"])), Some.FileOpen(), Some.Connect(), Some.Exit()];
        var sink = new Refusing();
        Run();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 200; i++)
        {
            Run();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(scan.CandidatesTried > 0);

        void Run()
        {
            foreach (var e in events)
            {
                view.Show(e);
                scan.Match(view, sink);
            }
        }
    }

    [Fact]
    public void Invented_sources_are_answered_without_being_kept()
    {
        var scan = new RuleScan(new RuleIndex(Packs.LoadAll(Packs.RuleText("s: { Image: x }\ncondition: s")).Rules));
        for (var i = 0; i < 2_000; i++)
        {
            var view = new RecordsView((new LogSource("PROCESS_creation", "Linux", $"s{i}"), FieldsOnly.With("Image", "X")));
            Assert.Equal([(0, 0)], Matches.ByIndex(scan, view));
            Assert.InRange(scan.SourcesKnown, 1, 256);
        }
    }

    [Theory]
    [InlineData("EXECVE", 1)]
    [InlineData("execve", 1)]
    [InlineData("PATH", 1)]
    [InlineData("OTHER", 0)]
    public void A_field_that_most_rules_ask_decides_which_rules_are_tried(string type, int tried)
    {
        SigmaRule[] rules =
        [
            .. Packs.LoadAll(string.Join("\n---\n", Enumerable.Range(0, 8).Select(i => Packs.RuleText(
                $"s: {{ type: {(i % 2 == 0 ? "EXECVE" : "PATH")}, name|contains: lit{i / 2} }}\nt: {{ name: x }}\ncondition: s and not t")))).Rules,
        ];
        var scan = new RuleScan(new RuleIndex(rules));
        var record = new FieldsOnly { ["type"] = FieldValue.Of(type), ["name"] = FieldValue.Of("a lit2 b") };

        Assert.Equal(tried, Matches.ByIndex(scan, new RecordsView((new LogSource("process_creation", "linux", ""), record))).Count);
        Assert.Equal(tried, scan.CandidatesTried);
    }

    [Fact]
    public void A_list_in_that_field_meets_what_no_single_value_meets()
    {
        var rules = Packs.LoadAll(string.Join("\n---\n", Enumerable.Range(0, 8).Select(i => Packs.RuleText(
            i == 0 ? "s: { type|all: [EXECVE, PATH] }\ncondition: s" : $"s: {{ type: {(i % 2 == 0 ? "EXECVE" : "PATH")}, name: x }}\ncondition: s")))).Rules;
        var record = new FieldsOnly { ["type"] = FieldValue.Of([FieldValue.Of("PATH"), FieldValue.Of("execve")]) };
        var view = new RecordsView((new LogSource("process_creation", "linux", ""), record));

        Assert.Equal([(0, 0)], Matches.ByIndex(new RuleScan(new RuleIndex(rules)), view));
    }

    private sealed class Refusing : IMatchSink
    {
        public void Matched(int rule, int record) => Assert.Fail($"rule {rule} matches");
    }
}
