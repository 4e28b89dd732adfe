using Detection.Matching;
using LocalPipeline.Rules;

namespace LocalPipeline.Tests.Rules;

public sealed class PathGlobTests
{
    [Theory]
    [InlineData("/etc/shadow", false, "/etc/shadow", true)]
    [InlineData("/etc/shadow", false, "/ETC/shadow", true)]
    [InlineData("/etc/shadow", false, "/etc/shado", false)]
    [InlineData("/etc/shadow", false, "/etc/shad?w", true)]
    [InlineData("/etc/shadow", false, "*", true)]
    [InlineData("/etc/shadow", false, "/etc/*x", false)]
    [InlineData("/home/*/.ssh/id_rsa", false, "/home/alice/.ssh/id_rsa", true)]
    [InlineData("/home/*/.ssh/id_rsa", false, "/home/a/b/.ssh/id_rsa", false)]
    [InlineData("/home/*/.ssh/id_rsa", false, "*/id_*", true)]
    [InlineData("/home/*/.ssh/id_rsa", false, "/home/alice*", true)]
    [InlineData("/home/*/.ssh/id_rsa", false, "/root/*", false)]
    [InlineData("/etc/cron.d", true, "/etc/cron.d/a/b", true)]
    [InlineData("/etc/cron.d", true, "/etc/cron.d", false)]
    [InlineData("/etc/cron.d", true, "/etc/cron.daily/x", false)]
    [InlineData("/etc/cron.d", true, "*.sh", true)]
    public void A_path_meets_a_text_when_a_file_can_fit_both(string path, bool below, string text, bool meets) =>
        Assert.Equal(meets, new PathGlob(path, below).Meets(StringPattern.Parse(text)));
}
