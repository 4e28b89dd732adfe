using AlertLambda.Options;

namespace AlertLambda.Tests.Options;

public sealed class RuleFolderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rules");
    private readonly LogLines _lines = new();

    public void Dispose()
    {
        _folder.Delete(true);
        _lines.Dispose();
    }

    [Fact]
    public void Rules_of_subfolders_are_loaded()
    {
        Write("a/shadow.yml", FunctionUnderTest.Rule);

        Assert.Single(RuleFolder.Load(_folder.FullName, _lines.Log).Rules);
        Assert.Equal(1, Assert.Single(_lines.Of("rules-loaded")).GetProperty("rules").GetInt32());
    }

    [Fact]
    public void Refused_rule_is_logged_with_file_line_and_reason_and_the_others_are_loaded()
    {
        Write("good.yml", FunctionUnderTest.Rule);
        Write("sub/bad.yml", FunctionUnderTest.Rule
            .Replace("TargetFilename:", "TargetFilename|nosuchmodifier:", StringComparison.Ordinal)
            .Replace("6f2b7a54", "7f2b7a54", StringComparison.Ordinal));

        Assert.Single(RuleFolder.Load(_folder.FullName, _lines.Log).Rules);

        var line = Assert.Single(_lines.Of("rule-refused"));
        Assert.Equal(Path.Combine("sub", "bad.yml"), line.GetProperty("file").GetString());
        Assert.InRange(line.GetProperty("line").GetInt32(), 8, 11);
        Assert.Contains("nosuchmodifier", line.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, Assert.Single(_lines.Of("rules-loaded")).GetProperty("refused").GetInt32());
    }

    [Fact]
    public void Every_fault_of_a_refused_rule_is_logged_and_the_rule_counts_once()
    {
        Write("good.yml", FunctionUnderTest.Rule);
        Write("bad.yml", "title: T\nlogsource: { product: linux }\ndetection: { s: { A|x: 1, B|y: 2 }, condition: s }");

        RuleFolder.Load(_folder.FullName, _lines.Log);

        Assert.Equal(2, _lines.Of("rule-refused").Count);
        Assert.Equal(1, Assert.Single(_lines.Of("rules-loaded")).GetProperty("refused").GetInt32());
    }

    [Fact]
    public void Folder_without_a_single_good_rule_stops_the_start_and_is_named()
    {
        Write("bad.yml", "title: [");

        var e = Assert.Throws<InvalidOptionsException>(() => RuleFolder.Load(_folder.FullName, _lines.Log));

        Assert.Contains(_folder.FullName, Assert.Single(e.Faults), StringComparison.Ordinal);
        Assert.Single(_lines.Of("rule-refused"));
    }

    [Fact]
    public void Both_endings_of_yaml_files_are_loaded()
    {
        Write("a.yml", FunctionUnderTest.Rule);
        Write("b.yaml", FunctionUnderTest.Rule.Replace("6f2b7a54", "7f2b7a54", StringComparison.Ordinal));
        Write("notes.md", "no rule");

        Assert.Equal(2, RuleFolder.Load(_folder.FullName, _lines.Log).Rules.Count);
    }

    [Fact]
    public void Companion_tests_are_no_rules()
    {
        Write("a.yml", FunctionUnderTest.Rule);
        Write("a.tests.yml", "tests: []");

        Assert.Empty(RuleFolder.Load(_folder.FullName, _lines.Log).Refused);
    }

    [Fact]
    public void Pack_of_which_only_silent_parts_are_left_stops_the_start()
    {
        Write("parts.yml", FunctionUnderTest.Rule + """

            ---
            title: Twice
            correlation:
              type: no_such_type
              rules: [6f2b7a54-0f7e-4a8e-9c53-2d1b8f0e4c11]
              timespan: 1m
            """);

        var e = Assert.Throws<InvalidOptionsException>(() => RuleFolder.Load(_folder.FullName, _lines.Log));

        Assert.Contains("no rule that can alert", Assert.Single(e.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void Named_pipe_among_the_rules_stops_the_start_and_is_named()
    {
        Write("good.yml", FunctionUnderTest.Rule);
        using var made = System.Diagnostics.Process.Start("mkfifo", [Path.Combine(_folder.FullName, "pipe.yml")]);
        made.WaitForExit();

        var e = Assert.Throws<InvalidOptionsException>(() => RuleFolder.Load(_folder.FullName, _lines.Log));

        Assert.Contains("pipe.yml", Assert.Single(e.Faults), StringComparison.Ordinal);
    }

    private void Write(string path, string text)
    {
        var file = Path.Combine(_folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
