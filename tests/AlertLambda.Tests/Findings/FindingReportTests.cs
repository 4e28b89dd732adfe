using System.Text;
using System.Text.Json;
using AlertLambda.Alerts;
using AlertLambda.Findings;
using AlertLambda.Tests.Alerts;
using Detection.Rules;
using Support;
using Support.Ocsf;

namespace AlertLambda.Tests.Findings;

public sealed class FindingReportTests
{
    private const string Rules = """
        title: Shadow read
        name: shadow
        logsource: { product: linux, category: file_access }
        detection: { s: { TargetFilename: /etc/shadow }, condition: s }
        ---
        title: Read and not by its owner
        correlation: { type: temporal, rules: [shadow], timespan: 10s, condition: not shadow }
        generate: true
        ---
        title: Few reads
        correlation: { type: event_count, rules: [shadow], timespan: 1h, condition: { lt: 2 } }
        generate: true
        """;

    private static readonly FindingReport Report = new("production", new Blindness(RuleLoader.Load([new RuleSource("r.yml", Rules)])));

    [Fact]
    public void Gap_says_what_is_missing_since_when_and_which_rules_it_blinds()
    {
        var messages = Report.Compose(Gap("web-3"));

        Golden.Matches("finding-gap.mail.txt", messages[0].Subject + "\n\n" + messages[0].Body);
        Golden.Matches("finding-gap.chat.json", messages[1].Body + "\n");
    }

    [Fact]
    public void Change_is_an_attribute_as_with_an_incident()
    {
        Assert.Equal("opened", Report.Compose(Gap("web-3"))[0].Attributes["change"]);
        Assert.Equal("closed", Report.Compose(Gap("web-3") with { IsOver = true })[0].Attributes["change"]);
    }

    [Fact]
    public void Programs_get_a_valid_finding_with_all_facts_where_there_is_a_topic_for_them()
    {
        var report = new FindingReport("production", new Blindness(RuleLoader.Load([new RuleSource("r.yml", Rules)])), withFindings: true);

        Assert.Equal([AlertMedium.Email, AlertMedium.Chat], Report.Compose(Gap("web-3")).Select(message => message.Medium));
        foreach (var finding in (Finding[])[Gap("web-3"), Gap("web-3") with { IsOver = true }])
        {
            var message = report.Compose(finding)[2];
            var json = JsonElement.Parse(message.Body);
            Assert.Empty(OcsfValidator.Faults(json));
            Assert.Equal(finding.Id, json.GetProperty("finding_info").GetProperty("uid").GetString());
            Assert.Equal(!finding.IsOver, json.GetProperty("is_alert").GetBoolean());
        }

        Golden.Matches("finding-gap.ocsf.json", report.Compose(Gap("web-3"))[2].Body + "\n");
    }

    [Fact]
    public void End_of_a_finding_is_short_and_in_the_same_thread()
    {
        var messages = Report.Compose(Gap("web-3") with { IsOver = true, Facts = [new FindingFact("Seen", "3 times")] });

        Golden.Matches("finding-gap-over.mail.txt", messages[0].Subject + "\n\n" + messages[0].Body);
        Assert.Equal(Report.Compose(Gap("web-3"))[1].IncidentId, JsonDocument.Parse(messages[1].Body).RootElement.GetProperty("metadata").GetProperty("threadId").GetString());
    }

    [Fact]
    public void Silent_probe_blinds_the_rules_of_its_log_sources()
    {
        var finding = Gap("web-3") with { Kind = FindingKind.AgentDegraded, Facts = [new FindingFact("Probe silent", "file-open (fexit)")] };

        var body = Report.Compose(finding)[0].Body;

        Assert.Contains("Without file-open: Shadow read\n", body, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_has_its_texts_and_a_filter_of_its_own(FindingKind kind)
    {
        var messages = Report.Compose(Gap("web-3") with { Kind = kind });

        Assert.All(messages, message => Assert.InRange(message.Subject.Length, 10, AlertMessage.MaxSubjectLength));
        Assert.Equal(Enum.GetValues<FindingKind>().Length, Enum.GetValues<FindingKind>().Select(k => FindingText.Of(k).Id).Distinct().Count());
        Assert.Equal(FindingText.Of(kind).Id, messages[0].Attributes["rule"]);
        Assert.Equal("123456789012", messages[0].Attributes["account"]);
    }

    [Fact]
    public void Names_from_outside_are_harmless_and_cut()
    {
        var hostile = "a\n`<!channel>`\u202e*b*" + new string('x', 500);
        var messages = Report.Compose(Gap(hostile) with { Facts = [new FindingFact("Key", hostile)] });

        Assert.All(messages, message => Assert.InRange(message.Subject.Length, 1, AlertMessage.MaxSubjectLength));
        Assert.All(messages, message => Assert.True(Ascii.IsValid(message.Subject)));
        Assert.All(messages, message => Assert.DoesNotContain("\u202e", message.Body, StringComparison.Ordinal));
        Assert.DoesNotContain("<!", messages[1].Body, StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(messages[0].Body), 1, 4096);
    }

    public static TheoryData<FindingKind> Kinds() => [.. Enum.GetValues<FindingKind>()];

    private static Finding Gap(string host) => new()
    {
        Kind = FindingKind.TelemetryGap,
        Host = Some.Host(hostName: host),
        FromMs = (Some.BootTimeUnixNs / 1_000_000) + 86_400_000,
        ToMs = (Some.BootTimeUnixNs / 1_000_000) + 87_000_000,
        Facts = [new FindingFact("Missing", "17 numbers of lane Bulk, 11 to 27")],
    };
}
