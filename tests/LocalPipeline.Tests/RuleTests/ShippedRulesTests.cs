using LocalPipeline.Commands;
using LocalPipeline.RuleTests;
using Support;

namespace LocalPipeline.Tests.RuleTests;

public sealed class ShippedRulesTests
{
    [Fact]
    public void Every_companion_test_of_the_shipped_rules_passes()
    {
        using var output = new StringWriter();

        var passed = RuleTestSuite.Run([Repository.File("rules")], SharedOptions.ReadAgentOptions(null), output);

        Assert.True(passed, output.ToString());
    }
}
