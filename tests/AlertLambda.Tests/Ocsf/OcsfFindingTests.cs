using System.Text;
using System.Text.Json;
using AlertLambda.Alerts;
using AlertLambda.Tests.Alerts;
using Detection.Findings;
using FsCheck;
using FsCheck.Fluent;
using Support;
using Support.Ocsf;
using Wire.Model;
using Wire.Text;

namespace AlertLambda.Tests.Ocsf;

public sealed class OcsfFindingTests
{
    private readonly AlertComposer _composer = new("test", withFindings: true);

    [Fact]
    public void Without_a_topic_there_are_no_findings() =>
        Assert.DoesNotContain(new AlertComposer("test").Compose(Incidents.SudoThenShadow()), m => m.Medium == AlertMedium.Finding);

    [Fact]
    public void Incident_becomes_a_valid_finding_that_says_what_it_is()
    {
        var finding = Finding(Incidents.SudoThenShadow());

        Assert.Equal(200401, finding.GetProperty("type_uid").GetInt32());
        Assert.Equal(4, finding.GetProperty("severity_id").GetInt32());
        var info = finding.GetProperty("finding_info");
        Assert.Equal("0f1e2d3c4b5a69788796a5b4c3d2e1f0", info.GetProperty("uid").GetString());
        Assert.Equal("00112233aabbccdd", info.GetProperty("analytic").GetProperty("version").GetString());
        Assert.Equal("TA0006", info.GetProperty("attacks")[0].GetProperty("tactic").GetProperty("uid").GetString());
        Assert.Equal("T1003", info.GetProperty("attacks")[0].GetProperty("technique").GetProperty("uid").GetString());
        Assert.Equal("T1003.008", info.GetProperty("attacks")[0].GetProperty("sub_technique").GetProperty("uid").GetString());
        Assert.Equal([100701, 100114], info.GetProperty("related_events").EnumerateArray().Select(e => e.GetProperty("type_uid").GetInt32()));
        var evidence = finding.GetProperty("evidences")[1];
        Assert.Equal("/etc/shadow", evidence.GetProperty("file").GetProperty("path").GetString());
        Assert.Equal(
            ["sudo", "bash", "sshd", "systemd"],
            evidence.GetProperty("process").GetProperty("ancestry").EnumerateArray().Select(p => p.GetProperty("name").GetString()));
        Assert.Equal("123456789012", finding.GetProperty("cloud").GetProperty("account").GetProperty("uid").GetString());
    }

    [Theory]
    [InlineData(IncidentChange.Opened, 1, true)]
    [InlineData(IncidentChange.Escalated, 2, true)]
    [InlineData(IncidentChange.Closed, 3, false)]
    public void Change_is_the_activity_and_every_report_has_its_own_uid(IncidentChange change, int activity, bool isAlert)
    {
        var incident = Incidents.SudoThenShadow();
        var finding = Finding(change == IncidentChange.Closed ? Incidents.Closed() : incident with { Change = change });

        Assert.Equal(activity, finding.GetProperty("activity_id").GetInt32());
        Assert.Equal(isAlert, finding.GetProperty("is_alert").GetBoolean());
        Assert.Equal($"{incident.Id}-{activity}", finding.GetProperty("metadata").GetProperty("uid").GetString());
        Assert.Equal(incident.Id, finding.GetProperty("metadata").GetProperty("correlation_uid").GetString());
    }

    [Fact]
    public void Uncertain_incident_has_low_confidence_and_no_verdict_on_its_evidence()
    {
        var finding = Finding(Incidents.SudoThenShadow() with { Verdict = Verdict.Unknown });

        Assert.Equal(1, finding.GetProperty("confidence_id").GetInt32());
        Assert.Equal(7, finding.GetProperty("evidences")[0].GetProperty("verdict_id").GetInt32());
    }

    [Fact]
    public void Technique_is_paired_with_a_tactic_only_when_the_rule_has_one()
    {
        var incident = Incidents.SudoThenShadow();
        var attacks = Finding(incident with { Rule = incident.Rule with { Tags = ["attack.persistence", "attack.privilege_escalation", "attack.t1548", "cve.2021.3156"] } })
            .GetProperty("finding_info").GetProperty("attacks");

        Assert.Equal(3, attacks.GetArrayLength());
        Assert.False(attacks[0].TryGetProperty("tactic", out _));
        Assert.Equal(["TA0003", "TA0004"], attacks.EnumerateArray().Skip(1).Select(a => a.GetProperty("tactic").GetProperty("uid").GetString()));
    }

    [Fact]
    public void Events_that_do_not_fit_are_counted()
    {
        var process = Some.Process(arguments: [new string('\u202e', 20_000)]);
        var witnesses = Enumerable.Range(1, 1000).Select(i => new Witness("w", Some.Exec(process, (ulong)i))).ToArray();
        var finding = Finding(Incidents.Of(Incidents.SudoThenShadow().Rule, witnesses));

        var shown = finding.GetProperty("evidences").GetArrayLength();
        Assert.InRange(shown, 1, 40);
        Assert.Equal(1000, finding.GetProperty("finding_info").GetProperty("related_events_count").GetInt32());
        Assert.Equal(1000 - shown, finding.GetProperty("unmapped").GetProperty("events_left_out").GetInt32());
    }

    [Fact]
    public void Longest_texts_everywhere_stay_within_the_limit()
    {
        var text = new string('\udcff', 100_000);
        var parent = Enumerable.Range(2, 200).Aggregate(Some.Init, (p, i) => Some.Process(text, [text], p, pid: (uint)i, userName: text, comm: text));
        var incident = Incidents.Of(Some.FileOpen("/" + text, Some.Process(text, [text], parent, userName: text, currentDirectory: text), host: Some.Host(hostName: text)));
        var many = Enumerable.Repeat(text, 100).ToList();
        Finding(incident with
        {
            Rule = incident.Rule with { Title = text, Description = text, Tags = many, NextSteps = many, FalsePositives = many, References = many, File = text, Id = text, Name = text },
            Group = [.. Enumerable.Repeat(new KeyValuePair<string, string>(text, text), 50)],
        });
    }

    [Fact]
    public void Any_names_whatever_give_a_valid_finding()
    {
        var names = ArbMap.Default.GeneratorFor<byte[]>().Select(b => KernelString.FromBytes(b))
            .Or(Gen.Elements("\u202e", "\ud800", "<!channel>", "`", "\r\n", new string('\udcff', 5000))).ToArbitrary();
        Prop.ForAll(names, names, (path, name) =>
        {
            var process = Some.Process(path, [name, path], pid: 9, userName: name, comm: name);
            Finding(Incidents.Of(Some.FileOpen(path, process, host: Some.Host(hostName: name), askedPath: name)));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Finding_that_cannot_be_written_is_replaced_by_a_brief_valid_one()
    {
        var incident = Incidents.SudoThenShadow();
        var brief = _composer.Compose(incident with { Rule = incident.Rule with { References = null! } }).Single(m => m.Medium == AlertMedium.Finding);

        Assert.True(brief.IsBrief);
        Assert.Empty(OcsfValidator.Faults(JsonSerializer.Deserialize<JsonElement>(brief.Body)));
    }

    private JsonElement Finding(Incident incident)
    {
        var message = _composer.Compose(incident).Single(m => m.Medium == AlertMedium.Finding);
        Assert.False(message.IsBrief, message.Body);
        Assert.True(Ascii.IsValid(message.Body));
        Assert.InRange(message.Body.Length, 1, AlertMessage.MaxBytes);
        var finding = JsonSerializer.Deserialize<JsonElement>(message.Body);
        Assert.Empty(OcsfValidator.Faults(finding));
        return finding;
    }
}
