using EdgeAgent.Options;
using Support;

namespace EdgeAgent.Tests.Options;

/// <summary>Options are read anew when somebody asks, or a file was changed; wrong ones are not taken.</summary>
public sealed class OptionsReloadTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _messages = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Nothing_is_read_while_no_file_changes()
    {
        var (options, reload) = Start("{ }");
        Assert.Null(reload.Look(options));
        Assert.Null(reload.Look(options));
    }

    [Fact]
    public void Changed_file_is_read_once_and_when_nobody_writes_it_any_more()
    {
        var (options, reload) = Start("{ }");
        Assert.Null(reload.Look(options));
        Write("""{ "watch": { "moreFiles": ["/srv/secret"] } }""");
        Assert.Null(reload.Look(options));
        var changed = reload.Look(options);
        Assert.Contains("/srv/secret", changed!.WatchFiles);
        Assert.Null(reload.Look(changed));
        Assert.False(OptionsReload.NeedsRestart(options, changed));
    }

    [Fact]
    public void Wrong_options_are_told_and_not_taken_until_they_are_right()
    {
        var (options, reload) = Start("{ }");
        Assert.Null(reload.Look(options));
        Write("""{ "watch": { "moreFiles": ["relative"] } }""");
        Assert.Null(reload.Look(options));
        Assert.Null(reload.Look(options));
        Assert.Contains(_messages, m => m.Contains("watch.moreFiles", StringComparison.Ordinal));
        Assert.Null(reload.Look(options));
        Assert.Single(_messages);
        Write("""{ "watch": { "moreFiles": ["/absolute"] } }""");
        Assert.Null(reload.Look(options));
        Assert.Contains("/absolute", reload.Look(options)!.WatchFiles);
    }

    [Fact]
    public void Who_asks_gets_them_although_no_file_changed()
    {
        var (options, reload) = Start("{ }");
        reload.Ask();
        Assert.NotNull(reload.Look(options));
        Assert.Null(reload.Look(options));
    }

    [Fact]
    public void Rules_are_sources_too()
    {
        var rule = _folder.File("rules/a.yml", Rule("/opt/app/key"));
        var (options, reload) = Start($$"""{ "watch": { "rules": ["{{Path.GetDirectoryName(rule)}}"] } }""");
        Assert.Contains("/opt/app/key", options.WatchFiles);
        Assert.Null(reload.Look(options));
        File.WriteAllText(rule, Rule("/opt/app/other-key"));
        Assert.Null(reload.Look(options));
        var changed = reload.Look(options)!;
        Assert.Contains("/opt/app/other-key", changed.WatchFiles);
        Assert.DoesNotContain("/opt/app/key", changed.WatchFiles);
    }

    [Theory]
    [InlineData("""{ "hostId": "other" }""", true)]
    [InlineData("""{ "sinks": ["jsonl"] }""", true)]
    [InlineData("""{ "forward": { "exec": "watched" }, "network": { "exclude": ["192.0.2.0/24"] } }""", false)]
    public void What_holds_only_from_the_next_start_on_is_known(string changed, bool restart)
    {
        var (options, reload) = Start("{ }");
        Write(changed);
        reload.Ask();
        Assert.Equal(restart, OptionsReload.NeedsRestart(options, reload.Look(options)!));
    }

    private static string Rule(string file) =>
        $"title: t\nlogsource: {{ product: linux, category: file_access }}\ndetection: {{ s: {{ TargetFilename: {file} }}, condition: s }}\n";

    private void Write(string text)
    {
        // Longer each time: a clock may stand still between two writes.
        _folder.File("config.json", text + new string(' ', _messages.Count + 1));
    }

    private (AgentOptions Options, OptionsReload Reload) Start(string text)
    {
        var file = _folder.File("config.json", text);
        var options = OptionsReader.Read(file, new Dictionary<string, string>(), [], out var faults);
        Assert.Empty(faults);
        return (options, new OptionsReload(() => (OptionsReader.Read(file, new Dictionary<string, string>(), [], out var wrong), wrong), _messages.Add));
    }
}
