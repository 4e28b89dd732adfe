using EdgeAgent.Probes;

namespace EdgeAgent.Tests.Probes;

public sealed class CgroupRootTests
{
    [Theory]
    [InlineData("35 25 0:30 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate", "/sys/fs/cgroup")]
    [InlineData("35 25 0:30 / /sys/fs/cgroup/unified rw - cgroup2 cgroup rw", "/sys/fs/cgroup/unified")]
    [InlineData("35 25 0:30 / /mnt/my\\040cgroup\\011x\\134y rw shared:1 master:2 - cgroup2 none rw", "/mnt/my cgroup\tx\\y")]
    [InlineData("30 25 0:26 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory", null)]
    [InlineData("35 25 0:30 / /x rw - cgroup2fake none rw", null)]
    [InlineData("nonsense", null)]
    [InlineData("a b - cgroup2 none rw", null)]
    [InlineData("", null)]
    public void Mount_point_of_cgroup2_is_found_and_unescaped(string line, string? root) => Assert.Equal(root, CgroupRoot.Find([line]));

    [Fact]
    public void Whole_hierarchy_is_preferred_to_a_part_of_it() => Assert.Equal("/sys/fs/cgroup", CgroupRoot.Find(
    [
        "22 1 0:20 / / rw - ext4 /dev/root rw",
        "90 25 0:30 /system.slice/docker-1.scope /var/lib/box/cgroup ro - cgroup2 cgroup rw",
        "35 25 0:30 / /sys/fs/cgroup rw shared:9 - cgroup2 cgroup2 rw",
    ]));

    [Fact]
    public void Part_of_the_hierarchy_is_better_than_nothing() =>
        Assert.Equal("/cg", CgroupRoot.Find(["90 25 0:30 /box /cg ro - cgroup2 cgroup rw"]));
}
