using System.Diagnostics;
using EdgeAgent.Interop;
using EdgeAgent.Probes;
using Support;

namespace EdgeAgent.Tests.Probes;

public sealed class PathResolverTests : IDisposable
{
    private const string Stranger = "65534";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Own_link_to_an_own_file_is_followed()
    {
        var file = _folder.File("real/file");
        File.CreateSymbolicLink(_folder["one"], "real/../real/./file");
        File.CreateSymbolicLink(_folder["two"], _folder["one"]);
        Directory.CreateSymbolicLink(_folder["folder"], _folder["real"]);
        Assert.Equal(file, Opened(_folder["two"]));
        Assert.Equal(file, Opened(_folder["folder/file"]));
    }

    [RootFact]
    public void Link_of_a_user_to_a_file_of_another_stands_for_itself()
    {
        var file = _folder.File("file");
        var link = LinkOfStranger("link", file);
        File.CreateSymbolicLink(_folder["roots"], link);
        Assert.Equal(link, Opened(link));
        Assert.Equal(_folder["roots"], Opened(_folder["roots"]));
        Run("chown", Stranger, file);
        Assert.Equal(file, Opened(link));
    }

    [RootFact]
    public void Folder_behind_the_link_of_a_user_is_not_opened()
    {
        _folder.File("real/file");
        var link = LinkOfStranger("link", _folder["real"]);
        Assert.Equal(-1, PathResolver.Open($"{link}/file", out var errno));
        Assert.Equal(LibC.ELOOP, errno);
    }

    [Fact]
    public void What_is_not_there_and_circles_have_their_errors()
    {
        File.CreateSymbolicLink(_folder["circle"], _folder["circle"]);
        Assert.Equal((-1, LibC.ENOENT), (PathResolver.Open(_folder["none"], out var none), none));
        Assert.Equal((-1, LibC.ENOTDIR), (PathResolver.Open($"{_folder.File("file")}/x", out var below), below));
        Assert.Equal((-1, LibC.ELOOP), (PathResolver.Open(_folder["circle"], out var circle), circle));
        Assert.Equal("/", Opened("/.."));
    }

    private static string? Opened(string path)
    {
        var fd = PathResolver.Open(path, out _);
        try
        {
            return PathDescriptors.RealPath(fd);
        }
        finally
        {
            _ = LibC.close(fd);
        }
    }

    private string LinkOfStranger(string name, string target)
    {
        File.CreateSymbolicLink(_folder[name], target);
        Run("chown", "-h", Stranger, _folder[name]);
        return _folder[name];
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
