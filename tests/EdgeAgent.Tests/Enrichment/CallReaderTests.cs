using EdgeAgent.Enrichment;
using EdgeAgent.Intake;
using EdgeAgent.Parsing;
using EdgeAgent.Tests.Fakes;
using Support;
using Wire.Model;

namespace EdgeAgent.Tests.Enrichment;

public sealed class CallReaderTests
{
    private const string Watched = "/no-such-folder/watched";
    private const int Denied = -13;
    private readonly CallReader _reader = new(new AskedNames("/no-such-proc"), path => path == Watched);

    [Fact]
    public void Refused_open_is_an_open_with_its_error_and_the_name_that_was_asked_for()
    {
        var open = Assert.IsType<FileOpenEvent>(Read(KernelBytes.Call(CallKind.Open, "./watched", "/no-such-folder", result: Denied, first: 0x241)));

        Assert.Equal((Watched, "./watched", 0x241u, (ushort)13), (open.Path, open.AskedPath, open.OpenFlags, open.Error));
        Assert.Equal((EventFlags.Sensitive, PathFlags.Unverified), (open.Flags, open.PathFlags));
        Assert.Equal(EventFlags.None, Read(KernelBytes.Call(CallKind.Open, "/etc/x", result: Denied)).Flags);
    }

    [Fact]
    public void Both_names_of_a_rename_are_paths_and_either_makes_it_sensitive()
    {
        var over = Call(KernelBytes.Call(CallKind.Rename, "watched", "/no-such-folder", "../tmp/new", "/home"));

        Assert.Equal((Watched, "/tmp/new", EventFlags.Sensitive), (over.Path, over.OtherPath, over.Flags));
        Assert.Equal(EventFlags.Sensitive, Call(KernelBytes.Call(CallKind.Rename, "/x", otherName: Watched)).Flags);
        Assert.Equal(EventFlags.None, Call(KernelBytes.Call(CallKind.Rename, "/x", otherName: "/y")).Flags);
    }

    [Theory]
    [InlineData(Watched)]
    [InlineData("watched")]
    [InlineData("../no-such-folder/./watched")]
    public void Symbolic_link_keeps_its_text_and_is_sensitive_by_where_it_leads(string text)
    {
        var link = Call(KernelBytes.Call(CallKind.Symlink, "link", "/no-such-folder", text, "/current"));

        Assert.Equal(("/no-such-folder/link", text, EventFlags.Sensitive), (link.Path, link.OtherPath, link.Flags));
    }

    [Theory]
    [InlineData(PathFlags.AskedTruncated)]
    [InlineData(PathFlags.AskedUnreadable)]
    public void Name_that_nobody_knows_is_sensitive_for_files_and_only_there(PathFlags flags)
    {
        var file = new EdgeFile { PathFlags = (ushort)flags };

        Assert.Equal(EventFlags.Sensitive, Read(KernelBytes.Call(CallKind.Open, "/x", file: file, result: Denied)).Flags);
        Assert.Equal(EventFlags.Sensitive, Read(KernelBytes.Call(CallKind.Unlink, "/x", file: file)).Flags);
        Assert.Equal(EventFlags.None, Read(KernelBytes.Call(CallKind.Mount, "/x", file: file)).Flags);
    }

    [Fact]
    public void Call_on_a_descriptor_has_the_kernels_path_and_identity()
    {
        var file = new EdgeFile { Inode = 42, Device = 8, Mode = 0x81A0, LinkCount = 2, PathFlags = (ushort)PathFlags.Alias, Watch = EdgeWatch.Open };

        var chmod = Call(KernelBytes.Call(CallKind.Chmod, "/tmp/alias", file: file, first: 0x9ED));

        Assert.Equal(("/tmp/alias", new FileIdentity(8, 42, 0x81A0, 2), PathFlags.Alias), (chmod.Path, chmod.File, chmod.PathFlags));
        Assert.Equal((EventFlags.Sensitive, 0x9EDul), (chmod.Flags, chmod.Arguments.First));
    }

    [Fact]
    public void Name_of_a_memory_file_is_no_path() =>
        Assert.Equal("x", Call(KernelBytes.Call(CallKind.MemfdCreate, "x", "/current")).Path);

    [Theory]
    [InlineData("tmpfs", 1ul, 0ul, "tmpfs")]
    [InlineData("/dev/vdb", 1ul, 0ul, "/dev/vdb")]
    [InlineData("here", 0ul, 0x1000ul, "/current/here")]
    [InlineData("here", 1ul, 0x2000ul, "/current/here")]
    public void Source_of_a_mount_is_a_path_unless_it_is_mounted_by_its_type(string source, ulong type, ulong flags, string expected) =>
        Assert.Equal(expected, Call(KernelBytes.Call(CallKind.Mount, "/mnt", "", source, "/current", first: type, second: flags)).OtherPath);

    [Fact]
    public void Lists_are_to_be_compared_at_once_after_a_change_that_was_done_to_something_watched()
    {
        foreach (var (expected, record) in new[]
        {
            (true, KernelBytes.Call(CallKind.Rename, Watched, otherName: "/x")), (true, KernelBytes.Call(CallKind.Mount, Watched, otherName: "/x")),
            (true, KernelBytes.Call(CallKind.Umount, Watched)), (true, KernelBytes.Call(CallKind.Unlink, Watched)),
            (false, KernelBytes.Call(CallKind.Rename, Watched, otherName: "/x", result: Denied)), (false, KernelBytes.Call(CallKind.Unlink, "/x")),
            (false, KernelBytes.Call(CallKind.Ptrace)), (false, KernelBytes.Call(CallKind.Open, Watched, result: Denied)),
        })
        {
            _reader.WatchedChanged = false;
            Read(record);
            Assert.Equal(expected, _reader.WatchedChanged);
        }
    }

    private CallEvent Call(byte[] record) => Assert.IsType<CallEvent>(Read(record));

    private HostEvent Read(byte[] record)
    {
        Assert.Equal(ParseFault.None, new RecordParser().Parse(record, out var parsed));
        var call = Assert.IsType<KernelCall>(parsed);
        if (call.File.Inode == 0)
        {
            call = call with { File = call.File with { PathFlags = (ushort)(call.File.PathFlags | (ushort)PathFlags.Unverified) } };
        }

        return _reader.Read(call, Some.Facts(EventFlags.None), new EventPool());
    }
}
