using EdgeAgent.Intake;
using EdgeAgent.Probes;

namespace EdgeAgent.Tests.Probes;

public sealed class FormerInodesTests
{
    private readonly FormerInodes _former = new(2);

    [Fact]
    public void Inode_that_lost_its_name_is_kept_until_it_has_one_again()
    {
        Assert.Empty(Change([Key(1)], [Key(5)]));
        Assert.Equal([Key(1)], _former.Keys);
        Assert.Empty(Change([], [Key(1)]));
        Assert.Empty(_former.Keys);
    }

    [Fact]
    public void Oldest_is_given_up_when_there_is_no_room()
    {
        Assert.Empty(Change([Key(1), Key(2)], []));
        Assert.Equal([Key(1)], Change([Key(3)], []));
        Assert.Equal([Key(2), Key(3)], _former.Keys);
    }

    [Fact]
    public void Inode_is_given_up_when_no_list_means_any_of_its_names()
    {
        Assert.Empty(_former.Change([(Key(1), ["/a", "/b"]), (Key(2), ["/c"])], [], _ => true));
        Assert.Equal([Key(2)], _former.Change([], [], path => path == "/b"));
        Assert.Equal([Key(1)], _former.Keys);
        Assert.Equal([Key(1)], _former.Change([], [], _ => false));
        Assert.Empty(_former.Keys);
    }

    private IReadOnlyList<EdgeInodeKey> Change(IEnumerable<EdgeInodeKey> gone, IEnumerable<EdgeInodeKey> listed) =>
        _former.Change(gone.Select(key => (key, (IReadOnlyList<string>)["/a"])), listed, _ => true);

    private static EdgeInodeKey Key(ulong inode) => new() { Inode = inode };
}
