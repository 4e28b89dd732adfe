using EdgeAgent.Enrichment;

namespace EdgeAgent.Tests.Enrichment;

public sealed class ContainerIdsTests
{
    private readonly List<ulong> _asked = [];

    [Fact]
    public void Each_cgroup_is_looked_up_once_whether_it_is_a_container_or_not()
    {
        var containers = new ContainerIds(PathOf);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(new string('7', 64), containers.Of(7));
            Assert.Equal("", containers.Of(10));
        }

        Assert.Equal([7ul, 10ul], _asked);
    }

    [Fact]
    public void Unknown_cgroup_is_not_looked_up()
    {
        Assert.Equal("", new ContainerIds(PathOf).Of(0));
        Assert.Empty(_asked);
    }

    [Fact]
    public void What_is_remembered_is_bounded()
    {
        var containers = new ContainerIds(PathOf, capacity: 2);
        foreach (var cgroup in new ulong[] { 1, 2, 1, 3, 3, 1 })
        {
            Assert.Equal(new string((char)('0' + cgroup), 64), containers.Of(cgroup));
        }

        Assert.Equal([1ul, 2ul, 3ul, 1ul], _asked);
    }

    private string PathOf(ulong cgroup)
    {
        _asked.Add(cgroup);
        return cgroup < 10 ? $"/docker/{new string((char)('0' + cgroup), 64)}" : "/system.slice/ssh.service";
    }
}
