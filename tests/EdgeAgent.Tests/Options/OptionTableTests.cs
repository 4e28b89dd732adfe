using EdgeAgent.Options;

namespace EdgeAgent.Tests.Options;

public sealed class OptionTableTests
{
    [Theory]
    [InlineData("sink", "sinks")]
    [InlineData("KINESIS.STREAMNAME", "kinesis.streamName")]
    [InlineData("kinesis.stream", "kinesis.streamName")]
    [InlineData("network.excludes", "network.exclude")]
    [InlineData("x", null)]
    [InlineData("", null)]
    public void Nearest_key_is_a_near_one_or_none(string key, string? nearest) => Assert.Equal(nearest, OptionTable.Nearest(key));
}
