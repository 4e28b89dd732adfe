using System.Text.Encodings.Web;
using System.Text.Json;
using AlertLambda.Alerts;
using Detection.Findings;
using Detection.Rules;
using LocalPipeline.Commands;
using LocalPipeline.Rules;
using LocalPipeline.RuleTests;
using Support;
using Support.Ocsf;

namespace LocalPipeline.Tests.Alerts;

/// <summary>
/// What people and programs get of twelve shipped rules, by the first story of each that must alert: <c>tests/Fixtures/alerts/rules</c>. With
/// <c>UPDATE_GOLDEN=1</c> they are written anew.
/// </summary>
public sealed class GoldenStoriesTests
{
    private static readonly RuleSet Rules = RuleSet.Load([Repository.File("rules")]);
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string> Files =>
    [
        "command-and-control/same-odd-address-from-many-hosts",
        "credential-access/password-hashes-read-by-odd-program",
        "credential-access/secrets-refused-again-and-again",
        "defense-evasion/memory-file-made-then-started",
        "defense-evasion/watched-log-removed-or-renamed",
        "discovery/many-outside-hosts-on-one-port",
        "execution/download-piped-into-shell",
        "execution/web-server-starts-shell",
        "exfiltration/archive-then-upload",
        "persistence/authorized-keys-written",
        "privilege-escalation/secret-of-host-opened-in-container",
        "privilege-escalation/sudo-then-shadow",
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public void Mail_Slack_message_and_finding_read_as_reviewed(string file)
    {
        var messages = new AlertComposer("production", Rules.Pack, withFindings: true).Compose(FirstIncident(file));
        var mail = messages.Single(m => m.Medium == AlertMedium.Email);
        using var chat = JsonDocument.Parse(messages.Single(m => m.Medium == AlertMedium.Chat).Body);
        using var finding = JsonDocument.Parse(messages.Single(m => m.Medium == AlertMedium.Finding).Body);

        Assert.All(messages, message => Assert.False(message.IsBrief, message.Body));
        Assert.Empty(OcsfValidator.Faults(finding.RootElement));
        Assert.All(
            finding.RootElement.GetProperty("evidences").EnumerateArray(),
            evidence => Assert.NotEqual(0, evidence.GetProperty("data").GetProperty("reason").GetProperty("matched").GetArrayLength()));
        var attributes = string.Join(", ", mail.Attributes.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{a.Key}={a.Value}"));
        var name = Path.GetFileName(file);
        Matches($"{name}.txt", $"Subject: {mail.Subject}\nAttributes: {attributes}\n\n{mail.Body}");
        Matches($"{name}.json", JsonSerializer.Serialize(chat, Readable) + "\n");
        Matches($"{name}.ocsf.json", JsonSerializer.Serialize(finding, Readable) + "\n");
    }

    private static Incident FirstIncident(string file)
    {
        var path = Repository.File("rules/" + file + RuleFiles.TestEnding);
        var tests = RuleTestReader.Read(RuleSource.Of(path, File.ReadAllBytes(path)));
        var story = tests.Tests.First(test => test.Incidents is { Count: > 0 });
        var watch = new WatchLists(SharedOptions.ReadAgentOptions(null));
        var incidents = new List<Incident>();
        RuleRun.Play(Rules.Pack, new StoryTeller(tests.Cast, watch).Tell(story.Events), incidents.Add);
        var first = incidents.First(incident => incident.Change == IncidentChange.Opened && incident.Rule.File == tests.RuleFile);

        // As in the function, whose rules stand in one folder.
        return first with { Rule = first.Rule with { File = file + ".yml" } };
    }

    private static void Matches(string name, string actual)
    {
        var golden = Repository.File("tests/Fixtures/alerts/rules/" + name);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(golden)!);
            File.WriteAllText(golden, actual);
        }

        Assert.True(File.Exists(golden), $"{golden} is missing: run with UPDATE_GOLDEN=1 and read what it writes");
        Assert.Equal(File.ReadAllText(golden), actual);
    }
}
