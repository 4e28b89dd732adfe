using System.Text.Json;

namespace LocalPipeline.Tests.Commands;

public sealed class DoctorTests
{
    [Fact]
    public async Task Doctor_tells_in_json_whether_the_probes_can_run_here_and_ends_accordingly()
    {
        var (exitCode, output, messages) = await PipelineProgram.RunAsync("doctor", "--json");

        using var json = JsonDocument.Parse(output);
        var isFit = json.RootElement.GetProperty("fit").GetBoolean();
        Assert.Equal(isFit ? 0 : 1, exitCode);
        Assert.True(isFit || json.RootElement.GetProperty("missing").GetArrayLength() > 0 || json.RootElement.GetProperty("signals").GetArrayLength() > 0);
        Assert.Equal("", messages);
    }
}
