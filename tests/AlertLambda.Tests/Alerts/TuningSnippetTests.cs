using System.Text;
using AlertLambda.Alerts;
using Detection;
using Detection.Findings;
using Detection.Rules;
using FsCheck;
using FsCheck.Fluent;
using Support;
using Wire.Model;
using Wire.Text;
using YamlDotNet.RepresentationModel;

namespace AlertLambda.Tests.Alerts;

public sealed class TuningSnippetTests
{
    [Fact]
    public void Snippet_names_rule_end_and_what_tells_the_event_from_others() => Assert.Equal(
        """
        exceptions:
          - rule: 5d0a2a1c-8f6e-4d5b-9b0e-3f1c2a7d9e10
            reason: write here who decided this and why
            expires: 2026-04-01
            filter:
              Image: /usr/bin/cat
              TargetFilename: /etc/shadow
              User: "root"

        """,
        TuningSnippet.Of(Incidents.SudoThenShadow()));

    [Fact]
    public void Closed_incident_has_no_event_to_leave_out() => Assert.Null(TuningSnippet.Of(Incidents.Closed()));

    [Fact]
    public void Long_value_is_cut_with_a_wildcard_because_without_it_the_exception_would_be_wider()
    {
        var snippet = TuningSnippet.Of(Incidents.Of(Some.Exec(Some.Process("/usr/bin/x", [new string('a', 4096)]))))!;

        Assert.Contains($"CommandLine: \"{new string('a', TuningSnippet.MaxValue)}*\"\n", snippet, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_the_names_the_filter_is_ASCII_and_a_search_that_matches_the_event()
    {
        var names = ArbMap.Default.GeneratorFor<byte[]>().Select(b => KernelString.FromBytes([.. b.Where(x => x != 0)]))
            .Or(Gen.Elements("*", "?", "\\", "\\*", "a\\\\*b", "\"", "'", "x: y", "# no", "- a", "\r\n", "://", "\u202e", "\udc80\udcff", "😀", "true", "null", "1e3", "~", "{a}", "%x%", " a ", new string('a', 500), new string('*', 500), "a" + string.Concat(Enumerable.Repeat("😀", 300))))
            .ToArbitrary();
        Prop.ForAll(names, names, (path, name) =>
        {
            var e = Some.FileOpen("/" + path, Some.Process("/bin/" + name));
            var snippet = TuningSnippet.Of(Incidents.Of(e))!;
            Assert.True(Ascii.IsValid(snippet));
            Assert.DoesNotMatch("[\x00-\x09\x0b-\x1f\x7f`<>@]", snippet);

            var yaml = new YamlStream();
            yaml.Load(new StringReader(snippet));
            var exception = (YamlMappingNode)((YamlSequenceNode)((YamlMappingNode)yaml.Documents[0].RootNode)["exceptions"])[0];
            Assert.Equal(["rule", "reason", "expires", "filter"], exception.Children.Keys.Select(k => ((YamlScalarNode)k).Value));

            var filter = string.Join('\n', snippet.Split('\n').SkipWhile(line => line != "    filter:").Skip(1));
            Assert.Single(Fired(filter, e));
        }).QuickCheckThrowOnFailure();
    }

    private static IReadOnlyList<Incident> Fired(string search, HostEvent e)
    {
        var pack = RuleLoader.Load([new RuleSource("r.yml", $"title: t\nid: 6f2b7a54-0f7e-4a8e-9c53-2d1b8f0e4c11\nlogsource:\n  category: file_access\n  product: linux\ndetection:\n  s:\n{search}\n  condition: s\n")]);
        Assert.Empty(pack.Refused);
        return new DetectionEngine(pack).Evaluate(e);
    }
}
