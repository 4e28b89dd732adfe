using Support;
using Wire.Model;
using static Detection.Tests.Correlation.Story;

namespace Detection.Tests.Correlation;

public sealed class LineageTests
{
    private const string Lineage = "type: temporal_ordered, rules: [a, b], timespan: 10s, group-by: [lineage]";
    private const string LineageOrSession = "type: temporal_ordered, rules: [a, b], timespan: 10s, group-by: [lineage-or-session]";
    private const string ThreeStages = "type: temporal_ordered, rules: [a, b, c], timespan: 10s, group-by: [lineage]";

    private static readonly ProcessNode Shell = Process(10);
    private static readonly ProcessNode Child = Process(11, Shell);
    private static readonly ProcessNode Grandchild = Process(12, Child);
    private static readonly ProcessNode Sibling = Process(13, Shell);

    private static readonly Credentials NoSession =
        Some.Credentials(loginUid: Credentials.Unset, auditSession: Credentials.Unset, session: new ProcessKey(900, 0));

    private readonly Story _story = new();

    public static TheoryData<ProcessNode, ProcessNode, bool> Pairs => new()
    {
        { Shell, Shell, true },
        { Shell, Child, true },
        { Shell, Grandchild, true },
        { Child, Shell, false },
        { Child, Sibling, false },
        { Sibling, Grandchild, false },
        { Shell, Process(11, Sibling), true },
        { Child, Process(11), true },
        { Child, Some.Process("/none", pid: 11, startNs: 77), false },
        { new ProcessNode { Key = new ProcessKey(5, 0) }, new ProcessNode { Key = new ProcessKey(5, 0) }, false },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Lineage_is_ancestor_or_self_by_process_entity(ProcessNode earlier, ProcessNode later, bool related) =>
        Assert.Equal(related, Run(Engine(Lineage), _story.Exec("a", Second, earlier), _story.Exec("b", 2 * Second, later)).Count == 1);

    [Fact]
    public void Daemonised_child_stays_in_the_lineage_of_who_spawned_it()
    {
        // The parent is gone and the kernel's parent is process 1; the record keeps the spawn lineage, and setsid left the session.
        var daemon = Some.Credentials(0, session: Grandchild.Key);

        Assert.Single(Run(Engine(Lineage), _story.Exec("a", Second, Shell), _story.Exec("b", 2 * Second, Grandchild, credentials: daemon)));
        Assert.Single(Run(Engine(LineageOrSession), _story.Exec("a", Second, Shell), _story.Exec("b", 2 * Second, Grandchild, credentials: NoSession)));
    }

    [Fact]
    public void Firing_of_an_inner_correlation_is_by_the_process_of_the_event_that_completed_it()
    {
        const string Outer = "type: temporal_ordered, rules: [Under test, c], timespan: 10s, group-by: [lineage]";
        HostEvent[] inner = [_story.Exec("a", Second, Shell), _story.Exec("b", 2 * Second, Child)];

        Assert.Single(RunInner(_story.Exec("c", 3 * Second, Grandchild)));
        Assert.Empty(RunInner(_story.Exec("c", 3 * Second, Sibling)));
        Assert.Empty(RunInner(_story.Exec("c", 3 * Second, Shell)));

        IEnumerable<Findings.Incident> RunInner(HostEvent last) => Run(new DetectionEngine(Pack(Lineage, Outer)), [.. inner, last])
            .Where(report => report.Rule.Title == "Under test 2");
    }

    [Fact]
    public void Lineages_of_two_hosts_or_boots_never_mix()
    {
        var a = _story.Exec("a", Second, Shell);

        Assert.Empty(Run(Engine(Lineage), a, _story.Exec("b", 2 * Second, Child, Some.Host("i-2"))));
        Assert.Empty(Run(Engine(LineageOrSession), a, _story.Exec("b", 2 * Second, Child, Some.Host(bootId: Guid.NewGuid()))));
    }

    [Fact]
    public void Lineage_group_is_the_process_in_which_the_chain_starts()
    {
        var incident = Assert.Single(Run(Engine(Lineage), _story.Exec("a", Second, Shell), _story.Exec("b", 2 * Second, Child)));

        Assert.Equal([KeyValuePair.Create("lineage", "10@10000000")], incident.Group);
    }

    [Fact]
    public void Each_process_in_which_a_chain_starts_is_a_group()
    {
        var incidents = Run(
            Engine(Lineage), _story.Exec("a", Second, Shell), _story.Exec("a", 2 * Second, Child), _story.Exec("b", 3 * Second, Grandchild));

        Assert.Equal(["10@10000000", "11@11000000"], incidents.Select(incident => incident.Group[0].Value).Order());
    }

    [Fact]
    public void Later_middle_of_a_higher_process_does_not_hide_the_chain_through_a_lower_one()
    {
        var a = _story.Exec("a", 1 * Second, Child);
        var low = _story.Exec("b", 2 * Second, Child);
        var high = _story.Exec("b", 3 * Second, Shell);
        var c = _story.Exec("c", 4 * Second, Grandchild);

        Assert.Equal([a, low, c], Assert.Single(Run(Engine(ThreeStages), a, low, high, c)).Witnesses.Select(witness => witness.Event));
        Assert.Equal([a, low, c], Assert.Single(Run(Engine(ThreeStages), c, high, a, low)).Witnesses.Select(witness => witness.Event));
    }

    [Fact]
    public void Middle_by_a_sibling_breaks_the_chain() =>
        Assert.Empty(Run(
            Engine(ThreeStages), _story.Exec("a", Second, Shell), _story.Exec("b", 2 * Second, Sibling), _story.Exec("c", 3 * Second, Child)));

    [Fact]
    public void Session_relates_what_lineage_does_not()
    {
        var a = _story.Exec("a", Second, Child);
        var b = _story.Exec("b", 2 * Second, Sibling);

        Assert.Empty(Run(Engine(Lineage), a, b));
        Assert.Equal([KeyValuePair.Create("lineage-or-session", "audit:3")], Assert.Single(Run(Engine(LineageOrSession), a, b)).Group);
    }

    [Fact]
    public void Without_audit_session_the_login_and_the_session_leader_count()
    {
        var leader = Some.Credentials(auditSession: Credentials.Unset, session: Shell.Key);
        var other = Some.Credentials(auditSession: Credentials.Unset, session: Sibling.Key);
        var otherLogin = Some.Credentials(loginUid: 1001, auditSession: Credentials.Unset, session: Shell.Key);
        var a = _story.Exec("a", Second, Child, credentials: leader);

        Assert.Equal("login:1000/leader:10@10000000", Assert.Single(Run(Engine(LineageOrSession), a, _story.Exec("b", 2 * Second, Sibling, credentials: leader))).Group[0].Value);
        Assert.Empty(Run(Engine(LineageOrSession), a, _story.Exec("b", 2 * Second, Sibling, credentials: other)));
        Assert.Empty(Run(Engine(LineageOrSession), a, _story.Exec("b", 2 * Second, Sibling, credentials: otherLogin)));
        Assert.Empty(Run(Engine(LineageOrSession), a, _story.Exec("b", 2 * Second, Sibling)));
    }

    [Fact]
    public void Unknown_sessions_are_not_the_same_session()
    {
        var engine = Engine(LineageOrSession);

        Assert.Empty(Run(engine, _story.Exec("a", Second, Child, credentials: NoSession), _story.Exec("b", 2 * Second, Sibling, credentials: NoSession)));
        Assert.Equal(0, engine.Counters.MissingGroupFields);
    }

    [Fact]
    public void Event_without_process_and_session_is_in_no_group()
    {
        var engine = Engine(LineageOrSession);
        var unknown = new ProcessNode { Key = new ProcessKey(5, 0) };

        Assert.Empty(Run(engine, _story.Exec("a", Second, unknown, credentials: NoSession), _story.Exec("b", 2 * Second, unknown, credentials: NoSession)));
        Assert.Equal(2, engine.Counters.MissingGroupFields);
    }

    [Fact]
    public void Late_ancestor_fires_for_every_later_descendant_in_its_window()
    {
        var engine = Engine(Lineage);
        var a = _story.Exec("a", 5 * Second, Shell);
        HostEvent[] later = [
            _story.Exec("b", 6 * Second, Child), _story.Exec("b", 15 * Second, Grandchild), _story.Exec("b", (15 * Second) + 1, Child),
            _story.Exec("b", 4 * Second, Child), _story.Exec("b", 7 * Second, Process(99))];

        Assert.Empty(Run(engine, later));
        Assert.True(Assert.Single(Run(engine, a)).Late);
        Assert.Equal(2, engine.Counters.Firings);
    }
}
