using Support;

namespace LocalPipeline.Tests.Commands;

public sealed class DeployCheckCommandTests
{
    private static readonly string Template = Repository.File("tests/Fixtures/cdk/default.template.json");

    [Fact]
    public async Task Named_template_is_explained_for_the_hosts_that_are_asked_for()
    {
        var (exitCode, output, messages) = await PipelineProgram.RunAsync("deploy-check", Template, "--hosts", "100", "--events", "0.5");

        Assert.Equal((0, ""), (exitCode, messages));
        Assert.Contains("100 hosts with 0.5 events a second each", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_options_are_all_told_and_nothing_is_read()
    {
        var (exitCode, output, messages) = await PipelineProgram.RunAsync("deploy-check", Template, "--hosts", "-1", "--events", "many");

        Assert.Equal((2, ""), (exitCode, output));
        Assert.Contains("--hosts takes 0 to 1000000", messages, StringComparison.Ordinal);
        Assert.Contains("--events takes 0 to 10000", messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_template_names_the_command_that_makes_one()
    {
        var (exitCode, _, messages) = await PipelineProgram.RunAsync("deploy-check", "/nowhere/\u001b[31m.json");

        Assert.Equal(1, exitCode);
        Assert.Contains("make synth", messages, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', messages);
    }
}
