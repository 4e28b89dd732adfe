using Detection.Rules;
using Detection.Watching;
using Support;

namespace Detection.Tests.Watching;

/// <summary>What a sensor has to watch for the sake of rules.</summary>
public sealed class RuleWatchTests
{
    [Theory]
    [InlineData("TargetFilename: /etc/shadow", "/etc/shadow")]
    [InlineData("TargetFilename|startswith: /etc/cron.d/", "/etc/cron.d/**")]
    [InlineData("TargetFilename|startswith: /etc/cron", "/etc/cron*/**")]
    [InlineData("TargetFilename: '/home/*/.ssh/id_?sa'", "/home/*/.ssh/id_*sa")]
    [InlineData("SourceFilename: /etc/passwd", "/etc/passwd")]
    [InlineData("TargetFilename|re: '^/etc/shadow-?$'", "/etc/shadow*/**")]
    [InlineData("TargetFilename|re: '^/etc/gshadow$'", "/etc/gshadow")]
    [InlineData("TargetFilename|cased: /root/.Xauthority", "/root/.Xauthority")]
    public void Text_that_names_a_place_is_watched_for(string item, string expected) => Assert.Equal([expected], PathsOf(item));

    [Theory]
    [InlineData("TargetFilename|endswith: /.bashrc")]
    [InlineData("TargetFilename|contains: passwd")]
    [InlineData("TargetFilename|startswith: /tmp/")]
    [InlineData("TargetFilename|startswith: /")]
    [InlineData("TargetFilename|startswith: '/*/x'")]
    [InlineData("TargetFilename: ''")]
    [InlineData("TargetFilename: '*'")]
    [InlineData("TargetFilename: '**'")]
    [InlineData("TargetFilename|contains: ''")]
    [InlineData("TargetFilename|startswith: ''")]
    [InlineData("SourceFilename: '*'")]
    [InlineData("TargetFilename|re: 'shadow$'")]
    [InlineData("TargetFilename|re: '^/(etc|var)/x'")]
    [InlineData("TargetFilename|re: '^/etc/x|y'")]
    [InlineData("TargetFilename|re: '^'")]
    public void Text_that_names_no_place_or_everything_is_told(string item)
    {
        var watch = Watch(item);
        Assert.Empty(watch.Patterns);
        Assert.Equal(["a rule"], watch.Unplaced);
    }

    [Fact]
    public void Text_that_is_compared_without_case_is_watched_for_in_small_letters_too() =>
        Assert.Equal(["/root/.Xauthority", "/root/.xauthority"], PathsOf("TargetFilename: /root/.Xauthority"));

    [Fact]
    public void Rules_over_audit_records_name_files_as_well()
    {
        var pack = RuleLoader.Load([new RuleSource("a.yml", "title: a rule\nlogsource: { product: linux, service: auditd }\ndetection: { s: { type: PATH, name: /srv/db/key }, condition: s }\n")]);
        Assert.Equal([new WatchPattern("/srv/db/key", IsFolder: false)], RuleWatch.Of(pack).Patterns);
    }

    [Fact]
    public void What_a_rule_leaves_out_is_not_watched()
    {
        var watch = Watch("TargetFilename: /etc/shadow", "s and not f", "f: { TargetFilename: /etc/other }");
        Assert.Equal(["/etc/shadow"], watch.Patterns.Select(p => p.Path));
    }

    [Fact]
    public void Rules_over_other_things_name_no_files()
    {
        var pack = RuleLoader.Load([new RuleSource("a.yml", "title: a rule\nlogsource: { product: linux, category: process_creation }\ndetection: { s: { Image: /etc/x/y }, condition: s }\n")]);
        Assert.Empty(RuleWatch.Of(pack).Patterns);
    }

    [Fact]
    public void Shipped_rules_name_files()
    {
        var pack = RuleLoader.Load([.. RuleFiles.Find(Repository.File("rules"), RuleFiles.IsRuleFile).Select(file => new RuleSource(file, File.ReadAllText(file)))]);
        var watch = RuleWatch.Of(pack);
        Assert.Contains(new WatchPattern("/etc/shadow", IsFolder: false), watch.Patterns);
        Assert.True(watch.Patterns.Count > 20);
    }

    private static IEnumerable<string> PathsOf(string item) => Watch(item).Patterns.Select(p => p.IsFolder ? p.Path + "/**" : p.Path);

    private static RuleWatch Watch(string item, string condition = "s", string more = "") => RuleWatch.Of(RuleLoader.Load(
        [new RuleSource("a.yml", $"title: a rule\nlogsource: {{ product: linux, category: file_access }}\ndetection:\n  s: {{ {item} }}\n  condition: {condition}\n  {more}\n")]));
}
