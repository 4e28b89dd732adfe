using EdgeAgent.Intake;
using EdgeAgent.Probes;

namespace EdgeAgent.Tests.Probes;

public sealed class FormerInodesTests
{
    private readonly FormerInodes _former = new(2);

    [Fact]
    public void Inode_that_lost_its_name_is_kept_until_it_has_one_again()
    {
        Assert.Empty(_former.Change([Key(1)], [Key(5)]));
        Assert.Equal([Key(1)], _former.Keys);
        Assert.Empty(_former.Change([], [Key(1)]));
        Assert.Empty(_former.Keys);
    }

    [Fact]
    public void Oldest_is_given_up_when_there_is_no_room()
    {
        Assert.Empty(_former.Change([Key(1), Key(2)], []));
        Assert.Equal([Key(1)], _former.Change([Key(3)], []));
        Assert.Equal([Key(2), Key(3)], _former.Keys);
    }

    private static EdgeInodeKey Key(ulong inode) => new() { Inode = inode };
}
