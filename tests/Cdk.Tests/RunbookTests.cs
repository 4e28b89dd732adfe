using Cdk.Tests.Support;

namespace Cdk.Tests;

/// <summary>Each alarm has a section of the runbook, and each section an alarm.</summary>
[Collection(nameof(FullStack))]
public sealed class RunbookTests(FullStack stack)
{
    private const string Chapter = "## Alarms";

    [NodeFact]
    public void Each_alarm_names_a_section_that_says_what_to_look_at_and_what_to_do()
    {
        var named = stack.OfType("AWS::CloudWatch::Alarm").Select(alarm => ((string)alarm["Properties"]!["AlarmDescription"]!).Split('#')[^1]);
        var sections = Sections();

        Assert.Equal(named.Order(StringComparer.Ordinal), sections.Keys.Order(StringComparer.Ordinal));
        Assert.All(sections, section =>
        {
            Assert.Contains("**Look:**", section.Value, StringComparison.Ordinal);
            Assert.Contains("**Do:**", section.Value, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Each_saved_query_that_the_runbook_names_exists()
    {
        var code = File.ReadAllText(Path.Combine(RepositoryRoot.Find(), "cdk", "Watching", "SavedQueries.cs"));
        var queries = System.Text.RegularExpressions.Regex.Matches(string.Concat(Sections().Values), "query \\*([^*]+)\\*").Select(match => match.Groups[1].Value).ToArray();

        Assert.NotEmpty(queries);
        Assert.All(queries, query => Assert.Contains($"/{query}\"", code, StringComparison.Ordinal));
    }

    private static Dictionary<string, string> Sections()
    {
        var text = File.ReadAllText(Path.Combine(RepositoryRoot.Find(), "docs", "operations.md"));
        var start = text.IndexOf(Chapter + "\n", StringComparison.Ordinal) + Chapter.Length;
        var end = text.IndexOf("\n## ", start, StringComparison.Ordinal);
        return text[start..(end < 0 ? text.Length : end)].Split("\n### ").Skip(1)
            .ToDictionary(section => section.Split('\n')[0].Trim().ToLowerInvariant(), section => section);
    }
}
