using Detection.Findings;
using Detection.Rules;
using Support;
using Wire.Model;

namespace Detection.Tests.ShippedRules;

public sealed class WatchedFileUnderAnotherNameTests
{
    private const string File = "rules/defense-evasion/watched-file-under-another-name.yml";

    private readonly DetectionEngine _engine = new(RuleLoader.Load([new RuleSource(File, System.IO.File.ReadAllText(Repository.File(File)))]));

    [Theory]
    [InlineData("/tmp/innocent", PathFlags.Alias, 1)]
    [InlineData("/etc/shadow", PathFlags.None, 0)]
    public void Only_another_name_is_alerted_and_nothing_is_said_of_what_the_file_holds(string path, PathFlags flags, int incidents)
    {
        var opened = _engine.Evaluate(Some.FileOpen(path, pathFlags: flags));

        Assert.Equal(incidents, opened.Count);
        Assert.All(opened, incident => Assert.Equal(
            ("watched file opened under another name", RuleLevel.Medium), (incident.Rule.Title, incident.Rule.Level)));
    }
}
