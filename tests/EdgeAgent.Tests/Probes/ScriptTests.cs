using EdgeAgent.Probes;
using Support;

namespace EdgeAgent.Tests.Probes;

public sealed class ScriptTests
{
    [Fact]
    public void Script_is_a_regular_file_that_begins_with_its_interpreter()
    {
        using var folder = new TemporaryFolder();
        Assert.True(Script.Is(folder.File("script", "#!/bin/sh\n")));
        Assert.False(Script.Is(folder.File("short", "#")));
        Assert.False(Script.Is("/bin/sh"));
        Assert.False(Script.Is(folder["none"]));
        Assert.False(Script.Is(folder.Path));
    }
}
