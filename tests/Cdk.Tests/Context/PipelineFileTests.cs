using Cdk.Context;
using Cdk.Tests.Support;

namespace Cdk.Tests.Context;

public sealed class PipelineFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void File_beside_the_context_is_read_and_the_context_wins()
    {
        Write("cdk/pipeline.json", """{ "environment": "prod", "shards": 4, "alertEmails": ["a@x.org", "b@y.org"], "tags": { "team": "soc" } }""");

        var props = Read((ContextKeys.Environment, "test"));

        Assert.Equal("test", props.EnvironmentName);
        Assert.Equal(4, props.ProvisionedShards);
        Assert.Equal(["a@x.org", "b@y.org"], props.AlertEmails);
        Assert.Equal("soc", props.ResourceTags["team"]);
    }

    [Fact]
    public void Faults_of_file_and_context_are_told_at_once_each_with_its_place()
    {
        Write("cdk/pipeline.json", """{ "alertEmails": "a@x.org", "shards": 0, "retention": 24 }""");

        var fault = Assert.Throws<InvalidContextException>(() => Read((ContextKeys.RetainData, "yes")));

        Assert.Equal(
            [("cdk/pipeline.json", "retention"), ("cdk/pipeline.json", ContextKeys.Shards), (Setting.Context, ContextKeys.RetainData)],
            fault.Faults.Select(one => (one.Origin, one.Key)).OrderBy(one => one.Key == ContextKeys.RetainData ? 2 : one.Key == ContextKeys.Shards ? 1 : 0));
        Assert.Contains("cdk/pipeline.json: shards: '0' does not fit. Write a whole number from 1 to 200", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_file_is_read_when_the_context_names_it()
    {
        Write("cdk/pipeline.json", """{ "environment": "prod" }""");
        Write("deployments/test.json", """{ "environment": "test", "alertEmails": "a@x.org" }""");

        Assert.Equal("test", Read((ContextKeys.PipelineFile, "deployments/test.json")).EnvironmentName);
    }

    [Fact]
    public void Named_file_that_is_missing_is_a_fault() =>
        Assert.Equal(ContextKeys.PipelineFile, Assert.Single(Assert.Throws<InvalidContextException>(
            () => Read((ContextKeys.PipelineFile, "nowhere.json"))).Faults).Key);

    [Fact]
    public void File_that_names_another_is_refused()
    {
        Write("cdk/pipeline.json", """{ "pipelineFile": "other.json" }""");

        Assert.Equal("cdk/pipeline.json", Assert.Single(Assert.Throws<InvalidContextException>(() => Read()).Faults).Origin);
    }

    [Fact]
    public void Every_key_is_in_the_manual()
    {
        var manual = File.ReadAllText(Path.Combine(RepositoryRoot.Find(), "docs", "deploy.md"));

        Assert.All(ContextKeys.All, key => Assert.Matches($"(?m)^[|].*`{key}`", manual));
    }

    [Fact]
    public void Shipped_example_is_valid()
    {
        var example = File.ReadAllText(Path.Combine(RepositoryRoot.Find(), "cdk", "pipeline.example.json"));
        Write("cdk/pipeline.json", example);

        Assert.NotEmpty(Read().AlertEmails);
    }

    private void Write(string path, string json) => _folder.Write(path, json);

    private PipelineStackProps Read(params (string Key, string Value)[] context)
    {
        var settings = _folder.WriteArtefacts();
        foreach (var (key, value) in context)
        {
            settings[key] = value;
        }

        return PipelineContext.Read(settings, _folder.Path);
    }
}
