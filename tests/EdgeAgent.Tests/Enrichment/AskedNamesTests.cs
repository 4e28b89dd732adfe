using EdgeAgent.Enrichment;
using Support;
using Wire.Text;

namespace EdgeAgent.Tests.Enrichment;

public sealed class AskedNamesTests : IDisposable
{
    /// <summary>More than any process id can be.</summary>
    private const uint Gone = uint.MaxValue;
    private static readonly uint Here = (uint)Environment.ProcessId;
    private readonly AskedNames _names = new("/proc");
    private readonly TemporaryFolder _folder = new();

    public AskedNamesTests()
    {
        _folder.File("real/file");
        _folder.File("real/below/other");
        File.CreateSymbolicLink(_folder["link"], _folder["real/file"]);
        File.CreateSymbolicLink(_folder["relative"], "real/file");
        Directory.CreateSymbolicLink(_folder["folder-link"], _folder["real/below"]);
    }

    public static TheoryData<uint> Askers => [Here, Gone];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Askers))]
    public void Links_are_followed_also_for_a_process_that_is_gone(uint pid)
    {
        Assert.Equal(_folder["real/file"], _names.PathOf(pid, "", _folder["link"], follow: true));
        Assert.Equal(_folder["real/file"], _names.PathOf(pid, _folder.Path, "relative", follow: true));
        Assert.Equal(_folder["real/below/other"], _names.PathOf(pid, "", _folder["folder-link/other"], follow: true));
    }

    [Theory]
    [MemberData(nameof(Askers))]
    public void Parent_of_a_link_is_that_of_what_it_leads_to(uint pid)
    {
        Assert.Equal(_folder["real/file"], _names.PathOf(pid, "", _folder["folder-link/../file"], follow: true));
        Assert.Equal(_folder["real/new"], _names.PathOf(pid, _folder["folder-link"], "../new", follow: false));
    }

    [Fact]
    public void Last_part_that_is_a_link_is_left_alone_when_the_call_does_not_follow_it()
    {
        Assert.Equal(_folder["link"], _names.PathOf(Here, "", _folder["link"], follow: false));
        Assert.Equal(_folder["real/below/x"], _names.PathOf(Here, "", _folder["folder-link/x"], follow: false));
        Assert.Equal(_folder["folder-link"], _names.PathOf(Here, "", _folder["folder-link//./"], follow: false));
    }

    [Fact]
    public void Name_that_vanished_is_what_it_says_with_its_folder_looked_up()
    {
        Assert.Equal(_folder["real/below/gone"], _names.PathOf(Here, "", _folder["folder-link/gone"], follow: true));
        Assert.Equal(_folder["no/gone"], _names.PathOf(Here, _folder.Path, "no/such/.././gone", follow: true));
    }

    [Fact]
    public void Folder_alone_stands_for_an_empty_name() => Assert.Equal("/etc", _names.PathOf(Here, "/etc", "", follow: true));

    [Fact]
    public void Name_without_a_known_folder_is_one_of_the_root() => Assert.Equal("/some", _names.PathOf(Gone, "", "some", follow: true));

    [Fact]
    public void Name_that_is_not_UTF8_is_found_by_its_bytes()
    {
        byte[] bytes = [.. System.Text.Encoding.UTF8.GetBytes($"{_folder["real"]}/"), 0xFF, 0xC3, (byte)'a'];
        var name = KernelString.FromBytes(bytes);

        Assert.Equal(name, _names.PathOf(Here, "", name, follow: true));
        Assert.Equal(name, _names.PathOf(Gone, _folder["real/below"], $"../{name[(name.LastIndexOf('/') + 1)..]}", follow: false));
    }

    [Theory]
    [InlineData(4000)]
    [InlineData(4096)]
    [InlineData(5000)]
    public void Name_of_the_longest_size_is_no_trouble(int length)
    {
        var name = $"{string.Concat(Enumerable.Repeat("./", length / 2))}real/file";

        Assert.Equal(_folder["real/file"], _names.PathOf(Here, _folder.Path, name, follow: true));
        Assert.Equal($"/{new string('ö', length)}", _names.PathOf(Here, "", $"/{new string('ö', length)}", follow: true));
    }

    [Fact]
    public void Links_of_proc_are_those_of_the_process_that_asked()
    {
        using var file = File.OpenRead(_folder["real/file"]);
        var fd = file.SafeFileHandle.DangerousGetHandle();

        Assert.Equal(_folder["real/file"], _names.PathOf(Here, "", $"/proc/self/root{_folder["link"]}", follow: true));
        Assert.Equal(_folder["real/file"], _names.PathOf(Gone, "", $"/proc/self/root{_folder["link"]}", follow: true));
        Assert.Equal(_folder["real/file"], _names.PathOf(Here, "", $"/proc/thread-self/fd/{fd}", follow: true));
        Assert.Equal(_folder["real/file"], _names.PathOf(Here, "", $"/dev/fd/{fd}", follow: true));
        Assert.Equal($"{Environment.CurrentDirectory}/x", _names.PathOf(Here, "", $"//proc/./{Here}/task/{Here}/cwd/x", follow: false));
        Assert.Equal($"/proc/{Gone}/fd/3", _names.PathOf(Gone, "", "/proc/self/fd/3", follow: false));
    }

    [Fact]
    public void Link_that_nobody_followed_yet_is_followed()
    {
        // Its time of last access is due for a change, for which the kernel would have to wait.
        File.CreateSymbolicLink(_folder["fresh"], "folder-link/../file");
        File.CreateSymbolicLink(_folder["round"], _folder["round"]);
        Thread.Sleep(50);

        Assert.Equal(_folder["real/file"], _names.PathOf(Here, _folder.Path, "./fresh", follow: true));
        Assert.Equal(_folder["round"], _names.PathOf(Here, "", _folder["round"], follow: true));
    }

    [Fact]
    public void Process_in_another_root_asks_from_there_and_the_path_is_the_whole_one()
    {
        // Another process's /proc, with a root of its own.
        Directory.CreateDirectory(_folder["proc/7"]);
        Directory.CreateSymbolicLink(_folder["proc/7/root"], _folder["real"]);
        var names = new AskedNames(_folder["proc"]);

        Assert.Equal(_folder["real/file"], names.PathOf(7, "", "/file", follow: true));
        Assert.Equal(_folder["real/below/other"], names.PathOf(7, _folder["real/below"], "other", follow: true));
        Assert.Equal(_folder["real/file"], names.PathOf(7, _folder["real/below"], "../../../file", follow: true));
        Assert.Equal(_folder["real/none/x"], names.PathOf(7, "", "/none/x", follow: true));
        Assert.Equal(_folder["elsewhere"], names.PathOf(7, _folder.Path, "elsewhere", follow: true));
    }
}
