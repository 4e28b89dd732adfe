using EdgeAgent.Probes;
using EdgeAgent.Tests.Fakes;
using Support;

namespace EdgeAgent.Tests.Probes;

public sealed class FolderListingTests : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    private readonly FreshMemory _memory = new();
    private readonly ManualTime _time = new();
    private readonly List<string> _reports = [];
    private bool? _answer = true;
    private int _trials;

    public void Dispose() => _memory.Dispose();

    [Fact]
    public void Look_ends_with_the_number_with_which_it_began()
    {
        var listing = Listing();
        var begun = listing.Begin();
        Assert.Equal(1ul, begun);

        listing.End(begun, areThere: true);

        Assert.Equal(0ul, _memory.Shared.Folders);
        Assert.Equal(1, _trials);
    }

    [Fact]
    public void Folder_that_came_during_the_look_is_left_to_the_next_one()
    {
        var listing = Listing();
        var begun = listing.Begin();
        _memory.Shared.Add();

        listing.End(begun, areThere: true);

        Assert.Equal(2ul, _memory.Shared.Folders);
        listing.End(listing.Begin(), areThere: true);
        Assert.Equal(0ul, _memory.Shared.Folders);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(null)]
    public void Folders_count_as_new_for_as_long_as_no_probe_is_seen_to_tell_of_them(bool? answer)
    {
        _answer = answer;
        var listing = Listing();

        listing.End(listing.Begin(), areThere: true);

        Assert.Equal(1ul, _memory.Shared.Folders);
        Assert.Empty(_reports);
        Assert.False(listing.MayEnd(areThere: true));
        _time.Advance(Interval);
        Assert.True(listing.MayEnd(areThere: true));
    }

    [Fact]
    public void Where_no_folder_is_watched_no_probe_is_needed()
    {
        var listing = Listing(isTold: false);
        Assert.False(listing.MayEnd(areThere: true));
        Assert.True(listing.MayEnd(areThere: false));

        listing.End(listing.Begin(), areThere: false);

        Assert.Equal((0ul, 0), (_memory.Shared.Folders, _trials));
    }

    [Theory]
    [InlineData(false, "self-test: no report of new folders; opens are asked about more of them, which costs some more")]
    [InlineData(null, "self-test: there is no place to make a folder any more; opens are asked about more folders, which costs some more")]
    public void Probes_that_fall_silent_while_nothing_is_new_are_noticed(bool? answer, string report)
    {
        var listing = Listing();
        listing.End(listing.Begin(), areThere: true);
        _answer = answer;
        Assert.Equal(0ul, listing.Begin());

        _time.Advance(Interval);
        Assert.NotEqual(0ul, listing.Begin());
        listing.End(listing.Begin(), areThere: true);
        Assert.NotEqual(0ul, _memory.Shared.Folders);
        Assert.Equal([report], _reports);

        _answer = true;
        listing.End(listing.Begin(), areThere: true);
        Assert.Equal(0ul, _memory.Shared.Folders);
    }

    [Fact]
    public void After_the_end_of_the_memory_folders_count_as_new_and_nothing_is_written()
    {
        var listing = Listing();
        _memory.Shared.Dispose();

        listing.End(listing.Begin(), areThere: true);
        listing.Add();

        Assert.Equal((1ul, 0ul), (_memory.Shared.Folders, _memory.Shared.Own));
    }

    private FolderListing Listing(bool isTold = true) => new(
        _memory.Shared, isTold,
        () =>
        {
            _trials++;
            return _answer;
        },
        Interval, _time, _reports.Add);
}
