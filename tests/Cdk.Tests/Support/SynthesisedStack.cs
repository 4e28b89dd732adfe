using System.Text.Json.Nodes;
using Amazon.CDK;
using Amazon.CDK.Assertions;
using Cdk.Context;

namespace Cdk.Tests.Support;

/// <summary>A stack made from context through the same door as a deployment, synthesised once, when a test first asks.</summary>
public abstract class SynthesisedStack : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<string> _json;

    /// <summary>Takes the context beside the artefact paths.</summary>
    protected SynthesisedStack(Dictionary<string, string> context) => _json = new Lazy<string>(() => Synthesise(context));

    /// <summary>For matching with the library's own assertions.</summary>
    public Template Template => Template.FromString(_json.Value);

    /// <summary>The template.</summary>
    public string Json => _json.Value;

    /// <summary>The resources by logical id.</summary>
    public JsonObject Resources => JsonNode.Parse(_json.Value)![nameof(Resources)]!.AsObject();

    /// <summary>The agent archive the stack was made with.</summary>
    public string AgentArchive => Path.Combine(_folder.Path, "edge-agent.tar.gz");

    /// <summary>All resources of a type.</summary>
    public IReadOnlyList<JsonNode> OfType(string type) =>
        [.. Resources.Select(resource => resource.Value!).Where(resource => (string?)resource["Type"] == type)];

    /// <summary>The properties of the only resource of a type.</summary>
    public JsonNode Only(string type) => Assert.Single(OfType(type))["Properties"]!;

    /// <summary>The properties of the only resource of a type whose id starts like this.</summary>
    public JsonNode Only(string type, string start) => Resources[IdOf(type, start)]!["Properties"]!;

    /// <summary>The logical id of the only resource of a type whose id starts like this.</summary>
    public string IdOf(string type, string start) =>
        Assert.Single(Resources, resource =>
            (string?)resource.Value!["Type"] == type && resource.Key.StartsWith(start, StringComparison.Ordinal)).Key;

    /// <inheritdoc />
    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private string Synthesise(Dictionary<string, string> context)
    {
        foreach (var (key, value) in _folder.WriteArtefacts())
        {
            context[key] = value;
        }

        var app = new App(new AppProps { Outdir = Path.Combine(_folder.Path, "cdk.out") });
        var stack = new PipelineStack(app, "Pipeline", PipelineContext.Read(context, _folder.Path));
        return File.ReadAllText(Path.Combine(app.Synth().Directory, stack.TemplateFile));
    }
}
