using AlertLambda.Alerts;
using Detection;
using Detection.Findings;
using Detection.Rules;
using Support;
using Wire.Model;

namespace AlertLambda.Tests.Alerts;

public sealed class WitnessReasonsTests
{
    private const string Rules =
        """
        title: Shadow file opened
        id: 6f2b7a54-0f7e-4a8e-9c53-2d1b8f0e4c11
        name: opened
        logsource: { product: linux, category: file_access }
        detection:
          selection:
            TargetFilename:
              - /etc/gshadow
              - /etc/shadow*
          tool:
            Image|re: '/(cat|less)$'
          word:
            - nothing-like-it
            - alice
          filter:
            User: backup
          condition: selection and (tool or word) and not filter
        ---
        title: sudo, then shadow
        id: 7f2b7a54-0f7e-4a8e-9c53-2d1b8f0e4c12
        correlation:
          type: event_count
          rules: [opened]
          group-by: [host]
          timespan: 10s
          condition: { gte: 2 }
        ---
        title: Shadow file opened by nobody
        id: 8f2b7a54-0f7e-4a8e-9c53-2d1b8f0e4c13
        logsource: { product: linux, category: file_access }
        detection:
          selection:
            TargetFilename|startswith: /etc/
            MissingField: null
          condition: selection
        """;

    private static readonly RulePack Pack = RuleLoader.Load([new RuleSource("r.yml", Rules)]);

    [Fact]
    public void Reason_names_the_searches_that_held_with_the_value_that_was_asked_and_seen()
    {
        var incident = Fired("sudo, then shadow", Some.FileOpen("/etc/shadow-", Cat, 1), Some.FileOpen("/etc/shadow", Cat, 2));
        var reasons = new WitnessReasons(new MatchReasons(Pack), incident);

        Assert.Equal(
            [("selection", "TargetFilename", "'/etc/shadow*'", "/etc/shadow-"), ("tool", "Image|re", "//(cat|less)$/", "/usr/bin/cat")],
            reasons.Of(1)!.Items.Select(i => (i.Search, i.Key, i.Asked, i.Seen!)));
        Assert.Equal("Shadow file opened", reasons.Of(2)!.Rule.Title);
        Assert.Equal(
            ["selection: TargetFilename '/etc/shadow*', saw /etc/shadow-", "tool: Image|re //(cat|less)$/, saw /usr/bin/cat"],
            ReasonWords.Of(new MailMarkup(), reasons.Of(1)!));
    }

    [Fact]
    public void Absent_field_is_a_reason_too()
    {
        var incident = Fired("Shadow file opened by nobody", Some.FileOpen("/etc/hosts"));
        var reason = new WitnessReasons(new MatchReasons(Pack), incident).Of(1)!;

        Assert.Contains(reason.Items, item => item is { Key: "MissingField", Asked: "null", Seen: null });
    }

    [Fact]
    public void Rule_that_means_something_else_by_now_gives_no_reason()
    {
        var incident = Fired("sudo, then shadow", Some.FileOpen("/etc/shadow-", Cat, 1), Some.FileOpen("/etc/shadow", Cat, 2));

        Assert.Null(new WitnessReasons(new MatchReasons(Pack), incident with { Rule = incident.Rule with { SemanticHash = "0" } }).Of(1));
        Assert.Null(new WitnessReasons(null, incident).Of(1));
    }

    [Fact]
    public void Long_and_hostile_values_are_cut_and_escaped()
    {
        var path = "/etc/\u202e\n" + string.Concat(Enumerable.Repeat("😀", 1000));
        var incident = Fired("Shadow file opened by nobody", Some.FileOpen(path));
        var reason = new WitnessReasons(new MatchReasons(Pack), incident).Of(1)!;
        var words = string.Concat(ReasonWords.Of(new MailMarkup(), reason));

        Assert.Contains(reason.Items, item => item.IsCut && item.Seen!.Length <= MatchReasons.MaxLength);
        Assert.DoesNotContain('\u202e', words);
        Assert.DoesNotContain('\n', words);
    }

    private static ProcessNode Cat => Some.Process("/usr/bin/cat");

    private static Incident Fired(string title, params HostEvent[] events)
    {
        Assert.Empty(Pack.Refused);
        var engine = new DetectionEngine(Pack);
        return events.SelectMany(engine.Evaluate).First(incident => incident.Rule.Title == title);
    }
}
