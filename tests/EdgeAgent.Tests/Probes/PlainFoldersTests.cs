using EdgeAgent.Intake;
using EdgeAgent.Probes;
using Support;

namespace EdgeAgent.Tests.Probes;

public sealed class PlainFoldersTests
{
    private const string Memory = "/dev/shm";

    [Theory]
    [InlineData(true, Memory)]
    [InlineData(true, "/no-such-folder")]
    [InlineData(false, "/proc")]
    [InlineData(false, "/sys")]
    [InlineData(false, Memory, "/proc")]
    public void File_system_must_be_one_in_which_only_calls_make_folders(bool arePlain, params string[] roots) => Assert.Equal(arePlain, Are([.. roots.Select(Folder)]));

    [Fact]
    public void Folder_below_must_be_there_and_be_no_mount()
    {
        var name = $"{Memory}/edge-test-{Guid.NewGuid():N}";
        Directory.CreateDirectory(name);
        try
        {
            Assert.True(Are(Folder(Memory), Folder(name) with { IsBelow = true }));
        }
        finally
        {
            Directory.Delete(name);
        }

        Assert.False(Are(Folder(Memory), Folder(name) with { IsBelow = true }));
        Assert.False(Are(Folder(Memory) with { IsBelow = true }));
        Assert.True(Are(Folder(Memory), Folder("/dev") with { Watch = EdgeWatch.Open }));
    }

    [Fact]
    public void Mount_in_a_watched_folder_hides_another_folder_though_a_list_names_it_itself() => Assert.False(Are(Folder("/dev"), Folder(Memory)));

    private static WatchTarget Folder(string path) => new(path, EdgeWatch.Open | EdgeWatch.Folder);

    private static bool Are(params WatchTarget[] targets) => PlainFolders.Are(targets.ToDictionary(target => target.Path));
}
