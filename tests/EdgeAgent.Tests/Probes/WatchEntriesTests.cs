using EdgeAgent.Intake;
using EdgeAgent.Probes;
using Support;

namespace EdgeAgent.Tests.Probes;

public sealed class WatchEntriesTests : IDisposable
{
    private const uint Device = 8;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Existing_file_is_watched_by_identity_and_by_name_and_a_missing_one_by_name_only()
    {
        var file = _folder.File("there");
        var entries = Identify(new WatchTarget(file, EdgeWatch.Open), new WatchTarget(_folder["missing"], EdgeWatch.Open));
        Assert.Equal(1, entries.Missing);
        Assert.Equal(EdgeWatch.Open, Assert.Single(entries.Inodes).Value);
        Assert.Equal(["missing", "there"], entries.Names.Keys.Select(n => n.Name).Order(StringComparer.Ordinal));
        Assert.Single(entries.Names.Keys.Select(n => n.Folder).Distinct());
    }

    [Fact]
    public void Link_is_watched_by_its_own_name_and_by_the_name_it_leads_to()
    {
        _folder.File("real/target");
        File.CreateSymbolicLink(_folder["link"], _folder["real/target"]);
        var entries = Identify(new WatchTarget(_folder["link"], EdgeWatch.Exec));
        Assert.Equal(["link", "target"], entries.Names.Keys.Select(n => n.Name).Order(StringComparer.Ordinal));
        Assert.Equal(2, entries.Names.Keys.Select(n => n.Folder).Distinct().Count());
        Assert.Single(entries.Inodes);
    }

    [Fact]
    public void Hard_links_are_one_identity_with_the_reasons_of_both()
    {
        _folder.File("a");
        using (var link = System.Diagnostics.Process.Start("ln", [_folder["a"], _folder["b"]]))
        {
            link.WaitForExit();
        }

        var entries = Identify(new WatchTarget(_folder["a"], EdgeWatch.Open), new WatchTarget(_folder["b"], EdgeWatch.Exec));
        Assert.Equal(EdgeWatch.Open | EdgeWatch.Exec, Assert.Single(entries.Inodes).Value);
        Assert.Equal(2, entries.Names.Count);
    }

    [Fact]
    public void Folder_below_a_watched_one_needs_no_name()
    {
        var entries = Identify(new WatchTarget(_folder.Folder("w"), EdgeWatch.Folder), new WatchTarget(_folder.Folder("w/x"), EdgeWatch.Folder, IsBelow: true));
        Assert.Equal(2, entries.Inodes.Count);
        Assert.Equal("w", Assert.Single(entries.Names).Key.Name);
    }

    [Fact]
    public void What_the_maps_cannot_hold_is_left_out_and_counted()
    {
        var targets = Enumerable.Range(0, WatchEntries.MaxNames + 7).Select(i => new WatchTarget(_folder[$"{i}"], EdgeWatch.Open)).ToArray();
        var entries = Identify(targets);
        Assert.Equal((WatchEntries.MaxNames, 7), (entries.Names.Count, entries.Excess));
    }

    [Fact]
    public void Identity_told_twice_is_no_trouble()
    {
        var file = _folder.File("x");
        var entries = WatchEntries.Identify([new WatchTarget(file, EdgeWatch.Open)], () => [.. OwnDescriptors(), .. OwnDescriptors()]);
        Assert.Single(entries.Inodes);
    }

    [Fact]
    public void Key_of_a_name_is_its_bytes_padded_with_NUL()
    {
        var key = WatchEntries.NameKey(new EdgeInodeKey { Inode = 5, Device = 6, Generation = 7 }, "né");
        Assert.Equal((5ul, 6u, 7u), (key.ParentInode, key.Device, key.ParentGeneration));
        Assert.Equal([(byte)'n', 0xC3, 0xA9, .. new byte[KernelContract.NameMax - 3]], ((ReadOnlySpan<byte>)key.Name).ToArray());
    }

    [Fact]
    public void Path_is_covered_when_it_is_listed_or_below_a_listed_folder()
    {
        _folder.File("real/target");
        File.CreateSymbolicLink(_folder["link"], _folder["real/target"]);
        var entries = Identify(
            new WatchTarget(_folder["link"], EdgeWatch.Open), new WatchTarget(_folder["missing"], EdgeWatch.Open), new WatchTarget(_folder.Folder("w"), EdgeWatch.Folder));
        Assert.All(["link", "real/target", "missing", "w", "w/x", "w/x/y/z"], name => Assert.True(entries.Covers(_folder[name]), name));
        Assert.All(["real", "real/other", "link/x", "missing/x", "w2", "x/w"], name => Assert.False(entries.Covers(_folder[name]), name));
        Assert.False(entries.Covers(""));
        Assert.False(entries.Covers("/"));
        Assert.False(entries.Covers("w/x"));
    }

    [Fact]
    public void Words_are_the_last_parts_of_all_paths_with_their_reasons()
    {
        _folder.File("real/target");
        File.CreateSymbolicLink(_folder["link"], _folder["real/target"]);
        var entries = Identify(new WatchTarget(_folder["link"], EdgeWatch.Open), new WatchTarget(_folder.Folder("x/link"), EdgeWatch.Folder));
        Assert.Equal(
            [("link", EdgeWatch.Open | EdgeWatch.Folder), ("target", EdgeWatch.Open)],
            entries.Words.Select(w => (w.Key, w.Value)).OrderBy(w => w.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void Word_of_the_longest_size_has_no_key()
    {
        Assert.NotNull(WatchEntries.WordKey(new string('x', KernelContract.NameMax - 1)));
        Assert.Null(WatchEntries.WordKey(new string('x', KernelContract.NameMax)));
        Assert.Null(WatchEntries.WordKey(new string('é', KernelContract.NameMax / 2)));
    }

    private static WatchEntries Identify(params WatchTarget[] targets) => WatchEntries.Identify(targets, OwnDescriptors);

    /// <summary>What the kernel's iterator tells, from /proc: the identity of every descriptor into the temporary folder.</summary>
    private static List<EdgeFileIdentity> OwnDescriptors()
    {
        var found = new List<EdgeFileIdentity>();
        foreach (var link in new DirectoryInfo("/proc/self/fd").EnumerateFileSystemInfos())
        {
            if (link.LinkTarget is { } target && target.StartsWith(System.IO.Path.GetTempPath(), StringComparison.Ordinal))
            {
                found.Add(new EdgeFileIdentity
                {
                    Fd = uint.Parse(link.Name, System.Globalization.CultureInfo.InvariantCulture), Device = Device,
                    Inode = PathSignature.Of(target).Inode, ParentInode = PathSignature.Of(System.IO.Path.GetDirectoryName(target)!).Inode,
                });
            }
        }

        return found;
    }
}
