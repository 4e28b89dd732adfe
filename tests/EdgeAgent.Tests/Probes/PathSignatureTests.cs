using EdgeAgent.Probes;
using Support;

namespace EdgeAgent.Tests.Probes;

public sealed class PathSignatureTests
{
    [Fact]
    public void Signature_changes_when_the_file_is_replaced_and_not_when_it_is_written()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("x", "1");
        var before = PathSignature.Of(file);
        Assert.NotEqual(default, before);
        File.WriteAllText(file, "2");
        Assert.Equal(before, PathSignature.Of(file));
        File.Move(folder.File("y"), file, overwrite: true);
        Assert.NotEqual(before, PathSignature.Of(file));
        File.Delete(file);
        Assert.Equal(default(PathSignature) with { Error = 2 }, PathSignature.Of(file));
    }
}
