using Support;
using Wire.Text;

namespace Wire.Tests.Text;

public sealed class FileFaultTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_cannot_be_read_is_missing_or_a_folder()
    {
        Assert.Equal("does not exist", Reading(_folder["none"]));
        Assert.Equal("does not exist", Reading(_folder["no/none"]));
        Assert.Equal("is a folder, not a file", Reading(_folder.Path));
    }

    [Fact]
    public void What_cannot_be_written_lies_nowhere_or_is_a_folder()
    {
        Assert.Equal("lies in a folder that does not exist", Writing(_folder["no/none"]));
        Assert.Equal("is a folder, not a file", Writing(_folder.Path));
    }

    [Fact]
    public void Missing_rights_are_named_and_any_other_reason_is_harmless_for_a_terminal()
    {
        var file = _folder.File("closed");

        Assert.Equal("must not be read by this user", FileFault.Reading(file, new UnauthorizedAccessException()));
        Assert.Equal("must not be written by this user", FileFault.Writing(file, new UnauthorizedAccessException()));
        Assert.Equal("cannot be read: disk \\x1b[2J", FileFault.Reading(file, new IOException("disk \e[2J")));
        Assert.Equal("cannot be written: disk \\x1b[2J", FileFault.Writing(file, new IOException("disk \e[2J")));
    }

    private static string Reading(string path) => FileFault.Reading(path, Record.Exception(() => File.ReadAllText(path))!);

    private static string Writing(string path) => FileFault.Writing(path, Record.Exception(() => File.WriteAllText(path, ""))!);
}
