using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AlertLambda.Alerts;
using Detection.Findings;
using FsCheck;
using FsCheck.Fluent;
using Support;
using Wire.Model;
using Wire.Text;

namespace AlertLambda.Tests.Alerts;

public sealed partial class AlertComposerTests
{
    private readonly AlertComposer _composer = new("test");

    [Fact]
    public void Incident_becomes_a_mail_and_a_chat_message_that_share_id_subject_and_attributes()
    {
        var messages = _composer.Compose(Incidents.SudoThenShadow());

        Assert.Equal([AlertMedium.Email, AlertMedium.Chat], messages.Select(m => m.Medium));
        Assert.All(messages, m => Assert.Equal("0f1e2d3c4b5a69788796a5b4c3d2e1f0", m.IncidentId));
        Assert.Equal(messages[0].Subject, messages[1].Subject);
        Assert.Equal(
            [("account", "123456789012"), ("change", "opened"), ("environment", "test"), ("host", "web-3"), ("rule", "5d0a2a1c-8f6e-4d5b-9b0e-3f1c2a7d9e10"), ("severity", "high")],
            messages[0].Attributes.Select(a => (a.Key, a.Value)).Order());
    }

    [Fact]
    public void Account_attribute_is_left_out_outside_EC2()
    {
        Assert.DoesNotContain("account", _composer.Compose(Incidents.UserAddedByService())[0].Attributes.Keys);
    }

    [Fact]
    public void Subject_names_severity_rule_and_host()
    {
        Assert.Equal("[HIGH] Shadow file read after sudo on web-3", _composer.Compose(Incidents.SudoThenShadow())[0].Subject);
    }

    [Fact]
    public void Long_title_is_cut_in_the_subject_and_the_host_stays()
    {
        var incident = Incidents.SudoThenShadow();
        incident = incident with { Rule = incident.Rule with { Title = new string('t', 300) } };

        var subject = _composer.Compose(incident)[0].Subject;

        Assert.Equal(99, subject.Length);
        Assert.EndsWith("... on web-3", subject, StringComparison.Ordinal);
    }

    [Fact]
    public void Ten_thousand_witnesses_with_long_command_lines_stay_within_the_limits()
    {
        var process = Some.Process(arguments: [new string('\u202e', 20_000)]);
        var witnesses = Enumerable.Range(1, 10_000).Select(i => new Witness(new string('w', 5000), Some.Exec(process, (ulong)i))).ToArray();

        AssertWithinLimits(_composer.Compose(Incidents.Of(Incidents.SudoThenShadow().Rule, witnesses)));
    }

    [Fact]
    public void Rule_texts_of_any_length_stay_within_the_limits()
    {
        var many = Enumerable.Repeat(new string('r', 50_000), 200).ToList();
        var incident = Incidents.SudoThenShadow();
        incident = incident with
        {
            Rule = incident.Rule with { Description = string.Join('\n', many), Tags = many, NextSteps = many, FalsePositives = many, References = many, File = many[0], Id = many[0] },
        };

        AssertWithinLimits(_composer.Compose(incident));
    }

    [Fact]
    public void Any_names_whatever_keep_the_limits_and_forge_nothing()
    {
        var names = ArbMap.Default.GeneratorFor<byte[]>().Select(b => KernelString.FromBytes(b))
            .Or(Gen.Elements(Nasty)).ToArbitrary();
        Prop.ForAll(names, names, (path, name) =>
        {
            var process = Some.Process(path, [name, path], pid: 9, userName: name, comm: name);
            var host = Some.Host(hostName: name);
            var messages = _composer.Compose(Incidents.Of(Some.FileOpen(path, process, host: host, askedPath: name)));
            AssertWithinLimits(messages);
            AssertForgesNothing(messages);
        }).QuickCheckThrowOnFailure();
    }

    private static readonly string[] Nasty =
    [
        "", "`", "\n", "\r\nSubject: x", "\u001b[31m", "<!channel>", "<@U123>", "<https://e.example|ok>", "@here", "*b* _i_ ~s~", "&lt;!channel&gt;",
        "\u202eabc", "\u2028", "\udc80\udcff", "\ud800", "\\", "\\\"", "\"", new string('`', 5000), new string('\udcff', 5000), "a/b", "/", "://", "p\u0430ypal", "\uff0froot", "e\u0301\u0336", "\U0001d42b", "\u05d0\u05d1 (uid 0)", "\u0627\u06f1",
    ];

    private static void AssertWithinLimits(IReadOnlyList<AlertMessage> messages)
    {
        foreach (var message in messages)
        {
            var attributes = message.Attributes.Sum(a => Encoding.UTF8.GetByteCount(a.Key + "String" + a.Value));
            Assert.InRange(Encoding.UTF8.GetByteCount(message.Body) + attributes, 1, 256 * 1024);
            Assert.InRange(message.Subject.Length, 1, 99);
            Assert.Matches(PrintableAscii(), message.Subject);
            Assert.All(message.Attributes.Values, Assert.NotEmpty);
        }

        Assert.InRange(Content(messages[1]).GetProperty("description").GetString()!.Length, 1, SlackDescription.MaxLength);
    }

    private static void AssertForgesNothing(IReadOnlyList<AlertMessage> messages)
    {
        Assert.DoesNotMatch(Dangerous(), messages[0].Body);
        Assert.Equal(
            ["CHAIN", "INCIDENT", "LIKELY", "RULE", "TIMELINE", "WHAT", "WHAT", "WHEN", "WHERE", "WHO"],
            Headings().Matches(messages[0].Body).Select(m => m.Groups[1].Value).Where(heading => heading != "HOW").Order(StringComparer.Ordinal));

        var description = Content(messages[1]).GetProperty("description").GetString()!;
        Assert.DoesNotMatch(Dangerous(), description);
        Assert.DoesNotContain('<', description);
        Assert.DoesNotMatch(BareAmpersand(), description);
        Assert.All(description.Split('\n'), line => Assert.Equal(0, line.Count(c => c == '`') % 2));

        // Outside code spans only our own marks and words are left.
        var prose = CodeSpan().Replace(description, "");
        Assert.DoesNotContain("@", prose, StringComparison.Ordinal);
        Assert.DoesNotContain("~", prose, StringComparison.Ordinal);
        Assert.DoesNotContain("://", prose, StringComparison.Ordinal);
        Assert.DoesNotContain('`', Content(messages[1]).GetProperty("title").GetString()!);
        Assert.DoesNotContain('@', Content(messages[1]).GetProperty("title").GetString()!);
    }

    private static JsonElement Content(AlertMessage chat) => JsonSerializer.Deserialize<JsonElement>(chat.Body).GetProperty("content");

    [GeneratedRegex(@"\A[\x20-\x7e]+\z")]
    private static partial Regex PrintableAscii();

    // Control characters other than the line ends we write, and what reverses or hides text.
    [GeneratedRegex(@"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\u0430\u0301\uff0f\u0590-\u08ff]")]
    private static partial Regex Dangerous();

    [GeneratedRegex(@"^(?:PROCESS )?([A-Z]{3,})(?: |$)", RegexOptions.Multiline)]
    private static partial Regex Headings();

    [GeneratedRegex("&(?!amp;|lt;|gt;)")]
    private static partial Regex BareAmpersand();

    [GeneratedRegex("`[^`\n]*`")]
    private static partial Regex CodeSpan();

    [Fact]
    public void Text_that_cannot_be_written_is_replaced_by_a_brief_one()
    {
        var process = Some.Process(arguments: new Unreadable());
        var messages = new AlertComposer("test").Compose(Incidents.Of(Some.Exec(process, host: Incidents.Web3)));

        Assert.All(messages, m => Assert.True(m.IsBrief));
        Assert.Contains("web-3", messages[0].Body, StringComparison.Ordinal);
        Assert.Contains("NotSupportedException", messages[0].Body, StringComparison.Ordinal);
        var chat = System.Text.Json.JsonDocument.Parse(messages[1].Body).RootElement;
        Assert.Equal("custom", chat.GetProperty("source").GetString());
        Assert.Contains("web-3", chat.GetProperty("content").GetProperty("title").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Subject_holds_no_link()
    {
        var incident = Incidents.Of(Some.Exec(host: Some.Host(hostName: "http://evil.example")));

        Assert.EndsWith("on http\\x3a//evil.example", new AlertComposer("test").Compose(incident)[0].Subject, StringComparison.Ordinal);
    }

    private sealed class Unreadable : IReadOnlyList<string>
    {
        public int Count => 2;

        public string this[int index] => throw new NotSupportedException();

        public IEnumerator<string> GetEnumerator() => throw new NotSupportedException();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
