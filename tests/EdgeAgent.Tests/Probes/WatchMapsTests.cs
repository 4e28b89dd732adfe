using EdgeAgent.Intake;
using EdgeAgent.Interop;
using EdgeAgent.Options;
using EdgeAgent.Probes;
using EdgeAgent.Tests.Fakes;
using Support;

namespace EdgeAgent.Tests.Probes;

/// <summary>When the probes are told that all folders are listed. The maps are the kernel's; the tests do what the probes for new folders would.</summary>
public sealed class WatchMapsTests : IDisposable
{
    // In memory, as the file system of the temporary folder may be any.
    private readonly string _root = Directory.CreateDirectory($"/dev/shm/edge-test-{Guid.NewGuid():N}").FullName;
    private readonly FreshMemory _fresh = new();
    private readonly List<string> _reports = [];
    private BpfObject? _object;
    private bool _identifies = true;
    private Action _duringTrial = () => { };

    public void Dispose()
    {
        _object?.Dispose();
        _fresh.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    [RootFact]
    public void Folders_are_listed_once_a_look_finds_all_of_them_in_the_maps()
    {
        var maps = Maps();
        Make("w/a");
        Look(maps, changed: true);
        Assert.NotEqual(0ul, _fresh.Shared.Folders);
        Look(maps, changed: false);
        Assert.Equal(0ul, _fresh.Shared.Folders);

        _fresh.Shared.Add();
        Make("w/a/b/c");
        Look(maps, changed: true);
        Assert.NotEqual(0ul, _fresh.Shared.Folders);
        Look(maps, changed: false);
        Assert.Equal(0ul, _fresh.Shared.Folders);
        Assert.Empty(_reports);
    }

    [RootFact]
    public void Folder_made_while_a_look_runs_waits_for_the_next_look()
    {
        var maps = Maps();
        Make("w");
        Look(maps, changed: true);
        _duringTrial = _fresh.Shared.Add;
        Look(maps, changed: false);
        Assert.NotEqual(0ul, _fresh.Shared.Folders);

        _duringTrial = () => { };
        Look(maps, changed: false);
        Assert.Equal(0ul, _fresh.Shared.Folders);
    }

    [RootFact]
    public void What_is_made_below_a_folder_that_was_moved_away_is_never_listed()
    {
        var maps = Maps();
        Make("w/a");
        Look(maps, changed: true);
        Directory.Move($"{_root}/w/a", $"{_root}/a");
        Look(maps, changed: true);
        Look(maps, changed: false);
        Look(maps, changed: false);
        Assert.NotEqual(0ul, _fresh.Shared.Folders);
    }

    [RootFact]
    public void Folder_that_the_lists_name_from_now_on_counts_as_new()
    {
        var maps = Maps();
        Make("w");
        Make("v/a");
        Look(maps, changed: true);
        Look(maps, changed: false);

        maps.Change(new AgentOptions { WatchFolders = [$"{_root}/w", $"{_root}/v"] });
        Look(maps, changed: true);
        Assert.NotEqual(0ul, _fresh.Shared.Folders);
        Look(maps, changed: false);
        Assert.Equal(0ul, _fresh.Shared.Folders);
    }

    [RootFact]
    public void Folder_that_the_kernel_does_not_identify_is_not_listed()
    {
        var maps = Maps();
        Make("w");
        _identifies = false;
        Look(maps, changed: true);
        Look(maps, changed: false);
        Assert.NotEqual(0ul, _fresh.Shared.Folders);
    }

    [RootFact]
    public void While_something_cannot_be_looked_at_nothing_of_the_agent_before_is_unwatched()
    {
        Make("w");
        Look(Maps(), changed: true);
        var former = Keys();
        Assert.NotEmpty(former);

        // A name that no file system takes stands for one that does not answer.
        var next = Maps(new AgentOptions { WatchFiles = [$"{_root}/{new string('x', 300)}"] });
        Look(next, changed: true);
        Assert.Contains("what was watched there still is", Assert.Single(_reports), StringComparison.Ordinal);
        Assert.Subset(Keys().ToHashSet(), former.ToHashSet());
        Assert.All(former, key => Assert.Equal(1, Filter()[WatchFilter.Bucket(key.Inode)]));

        Make("v");
        next.Change(new AgentOptions { WatchFolders = [$"{_root}/v"] });
        Look(next, changed: true);
        Assert.Empty(former.Intersect(Keys()));

        IReadOnlyCollection<EdgeInodeKey> Keys() => Map<EdgeInodeKey, uint>("watch_inodes").Keys(1000);

        WatchMaps.FilterTable Filter() => Map<uint, WatchMaps.FilterTable>(WatchFilter.AgentMap).TryGet(0, out var table) ? table : default;
    }

    private void Make(string name) => Directory.CreateDirectory($"{_root}/{name}");

    private static void Look(WatchMaps maps, bool changed)
    {
        var found = maps.Look();
        Assert.Equal(changed, found is not null);
        if (found is not null)
        {
            maps.Apply(found);
        }
    }

    /// <param name="options">Null = a folder is watched.</param>
    private WatchMaps Maps(AgentOptions? options = null)
    {
        HostSupport.ThrowIfMissing();
        if (_object is null)
        {
            Memlock.Raise(_reports.Add);
            _object = BpfObject.Open(BpfArtifact.Read()!, []);
            _object.Load();
        }

        Map<uint, uint>(ProbeSet.AgentMap).Set(0, (uint)Environment.ProcessId);
        var listing = new FolderListing(
            _fresh.Shared, isTold: true,
            () =>
            {
                _duringTrial();
                return true;
            },
            TimeSpan.FromMinutes(5), TimeProvider.System, _reports.Add);
        return new WatchMaps(
            Map<EdgeInodeKey, uint>("watch_inodes"), Map<EdgeNameKey, uint>("watch_names"), Map<EdgeWordKey, uint>("watch_words"),
            Map<uint, WatchMaps.FilterTable>(WatchFilter.AgentMap), Map<EdgeInodeKey, WatchFilter.Learnt>("learnt_inodes"), listing,
            options ?? new AgentOptions { WatchFolders = [$"{_root}/w"] }, Identities, _reports.Add);

        IReadOnlyList<EdgeFileIdentity> Identities() => !_identifies ? [] : BpfProgram.Iterate<EdgeFileIdentity>(
            _object.Handles([]).Programs.Single(program => program.Name == "on_identity"), (uint)Environment.ProcessId);
    }

    private BpfMap<TKey, TValue> Map<TKey, TValue>(string name)
        where TKey : unmanaged
        where TValue : unmanaged => new(name, _object!.Handles([]).Maps[name].Fd);
}
