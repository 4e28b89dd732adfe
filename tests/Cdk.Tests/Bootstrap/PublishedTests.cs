using System.Text.Json.Nodes;
using Cdk.Tests.Support;

namespace Cdk.Tests.Bootstrap;

/// <summary>What <c>make publish</c> left.</summary>
public sealed class PublishedTests
{
    private static readonly string Folder = Path.Combine(RepositoryRoot.Find(), "artifacts", "publish");

    [PublishedFact]
    public void Sums_fit_the_files()
    {
        var (exitCode, output) = CommandLine.Run("bash", ["-c", $"cd '{Folder}' && sha256sum --check --strict SHA256SUMS"]);

        Assert.True(exitCode == 0, output);
        Assert.Equal(3, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [PublishedFact]
    public void Agents_archive_holds_all_that_a_host_needs()
    {
        var (exitCode, output) = CommandLine.Run("tar", ["-tzf", Path.Combine(Folder, "edge-agent.tar.gz")]);
        var names = output.Split('\n');

        Assert.True(exitCode == 0, output);
        Assert.Superset(
            new HashSet<string>
            {
                "./edge-agent", "./setup.sh", "./drill.sh", "./edge-agent.service", "./VERSION", "./LICENSE", "./sbom.cdx.json", "./bpf/edge.bpf.o",
                "./bpf/edge-copies.bpf.o", "./bpf/edge-claims.bpf.o", "./config/defaults.json", "./rules/impact/crypto-miner-started.yml",
            },
            names.ToHashSet());
        Assert.DoesNotContain(names, name => name.EndsWith(".tests.yml", StringComparison.Ordinal) || name.EndsWith(".pdb", StringComparison.Ordinal));
    }

    [PublishedFact]
    public void Bill_of_materials_names_packages_runtime_and_what_is_linked_in_each_with_version_and_licence()
    {
        var bill = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "edge-agent", "sbom.cdx.json")))!;
        var components = bill["components"]!.AsArray();
        var names = components.Select(component => (string)component!["name"]!).ToHashSet();

        Assert.Equal("CycloneDX", (string?)bill["bomFormat"]);
        Assert.Equal(File.ReadAllText(Path.Combine(Folder, "edge-agent", "VERSION")).Trim(), (string?)bill["metadata"]!["component"]!["version"]);
        Assert.Superset(new HashSet<string> { "System.CommandLine", "YamlDotNet", "AWSSDK.Core", "bpf/edge.bpf.o" }, names);
        Assert.Contains(names, name => name.StartsWith("Microsoft.NETCore.App.Runtime.", StringComparison.Ordinal));
        Assert.Equal(!File.Exists(Path.Combine(Folder, "edge-agent", "edge-agent.dll")), names.IsSupersetOf(["libbpf-dev", "libelf-dev", "zlib-ng"]));
        Assert.All(components, component => Assert.NotEmpty((string)component!["version"]!));
        Assert.All(components, component => Assert.NotNull(component!["licenses"]));
        Assert.Equal(components.Count, components.Select(component => (string)component!["bom-ref"]!).Distinct().Count());
    }
}
