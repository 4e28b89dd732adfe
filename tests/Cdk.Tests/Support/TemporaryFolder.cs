namespace Cdk.Tests.Support;

/// <summary>A folder that is gone after the test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Absolute path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("cdk-tests-").FullName;

    /// <summary>Writes a file, making its folder.</summary>
    public string Write(string relativePath, string content)
    {
        var file = System.IO.Path.Combine(Path, relativePath);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
        return file;
    }

    /// <summary>Writes what <c>make publish</c> would leave: a function folder and an agent archive.</summary>
    public Dictionary<string, string> WriteArtefacts()
    {
        Write("fn/AlertLambda.dll", "stand-in");
        Write("fn/rules/rule.yml", "title: stand-in");
        return new Dictionary<string, string>
        {
            [Cdk.Context.ContextKeys.FunctionPath] = System.IO.Path.Combine(Path, "fn"),
            [Cdk.Context.ContextKeys.AgentPath] = Write("edge-agent.tar.gz", "stand-in"),
        };
    }

    /// <inheritdoc />
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
