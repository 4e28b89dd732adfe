using System.Text;
using EndToEnd.Tests.Alerts;
using EndToEnd.Tests.Setup;
using Xunit.Abstractions;

namespace EndToEnd.Tests;

/// <summary>Rules that cannot be used.</summary>
[Collection(EndToEndCollection.Name)]
public sealed class RuleFolderTests(Servers servers, ITestOutputHelper output)
{
    private const int BadLine = 8;

    private const string BadRule = """
        title: A rule with a slip
        id: 6d0f9a86-5f0a-4ed5-9f57-9c5d1f0c7f11
        logsource:
          product: linux
          category: process_creation
        detection:
          selection:
            Image|sounds_like: sudo
          condition: selection
        level: low
        """;

    [EndToEndFact]
    public async Task Bad_rule_is_refused_by_name_and_the_good_ones_beside_it_alert()
    {
        using var rules = new TemporaryFolder();
        rules.Write("good.yml", File.ReadAllText(Path.Combine(Programs.Rules, "privilege-escalation", "sudo-then-shadow.yml")));
        rules.Write("slip.yml", BadRule);
        await using var cloud = await CloudUnderTest.CreateAsync(servers, output, new CloudOptions { RulesPath = rules.Path });
        cloud.StartPolling();
        await using var agent = await EdgeAgentProcess.StartAsync(servers.Kinesis, cloud.Stream, "host-one");
        using var user = ThrowAwayUser.Create();
        await using var session = UserSession.Start(user);

        var run = await session.ReadShadowAsync();
        await AlertAssert.ArrivesAsync(cloud, new AlertTruth(user, session.Leader, run, "host-one"));

        var refused = Assert.Single(cloud.LogLines("rule-refused"));
        Assert.Equal("slip.yml", refused.GetProperty("file").GetString());
        Assert.Equal(BadLine, refused.GetProperty("line").GetInt32());
        Assert.Equal("A rule with a slip", refused.GetProperty("title").GetString());
        Assert.Contains("sounds_like", refused.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.NotEmpty(refused.GetProperty("instead").GetString()!);
        var loaded = Assert.Single(cloud.LogLines("rules-loaded"));
        Assert.Equal(1, loaded.GetProperty("refused").GetInt32());
        Assert.Equal(1, loaded.GetProperty("correlations").GetInt32());
    }

    [EndToEndFact]
    public async Task Function_without_a_single_good_rule_does_not_start_and_names_the_folder()
    {
        using var rules = new TemporaryFolder();
        rules.Write("slip.yml", BadRule);
        await using var cloud = await CloudUnderTest.CreateAsync(servers, output, new CloudOptions { RulesPath = rules.Path });

        var result = await cloud.Function.InvokeAsync(Encoding.UTF8.GetBytes("""{"Records":[]}"""));

        Assert.Equal("Runtime.ExitError", result.ErrorType);
        var fault = Assert.Single(cloud.LogLines("invalid-option")).GetProperty("fault").GetString();
        Assert.StartsWith("RULES_PATH: ", fault, StringComparison.Ordinal);
        Assert.Contains($"'{rules.Path}'", fault, StringComparison.Ordinal);
        Assert.Equal("slip.yml", Assert.Single(cloud.LogLines("rule-refused")).GetProperty("file").GetString());
    }
}
