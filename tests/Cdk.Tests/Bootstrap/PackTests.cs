using Cdk.Tests.Support;

namespace Cdk.Tests.Bootstrap;

/// <summary>eng/pack.sh: the same files give the same bytes.</summary>
public sealed class PackTests : IDisposable
{
    private static readonly string Script = Path.Combine(RepositoryRoot.Find(), "eng", "pack.sh");
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [BashTheory]
    [InlineData("tar.gz")]
    [InlineData("zip")]
    public void Archive_depends_on_names_and_content_and_on_nothing_else(string kind)
    {
        var one = Pack("one", kind, ["b/x", "a"], "077", DateTime.UnixEpoch.AddYears(40));
        var other = Pack("other", kind, ["a", "b/x"], "022", DateTime.UnixEpoch.AddYears(50));
        var different = Pack("different", kind, ["a", "b/y"], "022", DateTime.UnixEpoch.AddYears(50));

        Assert.Equal(one, other);
        Assert.NotEqual(one, different);
    }

    private byte[] Pack(string name, string kind, string[] files, string umask, DateTime time)
    {
        foreach (var file in files)
        {
            var (made, words) = CommandLine.Run("bash", ["-c", $"umask {umask} && mkdir -p $(dirname '{_folder.Path}/{name}/{file}') && echo same >'{_folder.Path}/{name}/{file}'"]);
            Assert.True(made == 0, words);
            File.SetLastWriteTimeUtc(Path.Combine(_folder.Path, name, file), time);
        }

        var archive = Path.Combine(_folder.Path, $"{name}.{kind}");
        var (exitCode, output) = CommandLine.Run("bash", [Script, Path.Combine(_folder.Path, name), archive, "1700000000"]);
        Assert.True(exitCode == 0, output);
        return File.ReadAllBytes(archive);
    }
}
