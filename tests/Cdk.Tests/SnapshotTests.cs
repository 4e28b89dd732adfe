using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cdk.Tests.Support;

namespace Cdk.Tests;

/// <summary>
/// The template as reviewed: <c>tests/Fixtures/cdk</c>. With <c>UPDATE_GOLDEN=1</c> it is written anew; read the difference. Hashes of artefacts, and the
/// install script, which has tests of its own, are left out.
/// </summary>
[Collection(nameof(EveryStack))]
public sealed partial class SnapshotTests(EveryStack stacks)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [NodeTheory]
    [InlineData(nameof(DefaultStack), "default.template.json")]
    [InlineData(nameof(FullStack), "full.template.json")]
    public void Template_is_the_reviewed_one(string name, string file)
    {
        var path = Path.Combine(RepositoryRoot.Find(), "tests", "Fixtures", "cdk", file);
        var template = Stable(stacks[name].Json);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, template);
        }

        Assert.True(File.ReadAllText(path) == template, $"The template is not {path}: write it anew with UPDATE_GOLDEN=1, and read the difference.");
    }

    private static string Stable(string json)
    {
        var template = JsonNode.Parse(json)!;
        foreach (var (_, resource) in template["Resources"]!.AsObject())
        {
            var properties = resource!["Properties"];
            if (properties?["LaunchTemplateData"]?["UserData"] is not null)
            {
                properties["LaunchTemplateData"]!["UserData"] = "(install script)";
            }

            if (properties?["Parameters"]?["commands"] is not null)
            {
                properties["Parameters"]!["commands"] = new JsonArray("(install script)");
            }
        }

        return Hash().Replace(template.ToJsonString(Indented), "HASH") + "\n";
    }

    [GeneratedRegex("[0-9a-f]{64}")]
    private static partial Regex Hash();
}
