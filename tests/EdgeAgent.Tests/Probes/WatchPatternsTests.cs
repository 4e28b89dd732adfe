using EdgeAgent.Options;
using EdgeAgent.Probes;

namespace EdgeAgent.Tests.Probes;

public sealed class WatchPatternsTests
{
    private static readonly WatchPatterns Lists = new(new AgentOptions
    {
        WatchFiles = ["/etc/shadow", "/srv/*/.env", "/var/x*.db"], WatchCommands = ["/usr/bin/sudo"], WatchFolders = ["/home/*/.ssh", "/opt/a"],
    });

    [Theory]
    [InlineData("/etc/shadow", true)]
    [InlineData("/etc/shadow/below", false)]
    [InlineData("/etc", false)]
    [InlineData("/srv/web/.env", true)]
    [InlineData("/srv/web/deep/.env", false)]
    [InlineData("/var/x1.db", true)]
    [InlineData("/var/y1.db", false)]
    [InlineData("/usr/bin/sudo", true)]
    [InlineData("/home/alice/.ssh", true)]
    [InlineData("/home/alice/.ssh/keys/id", true)]
    [InlineData("/home/alice/other", false)]
    [InlineData("/opt/a/b/c", true)]
    [InlineData("/opt/ab", false)]
    public void Path_is_meant_by_its_own_name_or_that_of_a_folder_above(string path, bool isMeant) => Assert.Equal(isMeant, Lists.Mean(path));
}
