using System.Text.Json;
using System.Xml.Linq;
using Support;
using Support.Processes;

namespace AwsCompat.Tests.Build;

public sealed class AwsPackagesSwitchTests
{
    private static readonly string[] SkippedFolders = [".git", "artifacts", "bin", "obj", "node_modules", "cdk.out"];

    // Beside the stand-ins: the build, the papers, and this test.
    private static readonly string[] AllowedFolders = ["src/AwsCompat/", "eng/", "docs/"];
    private static readonly string[] AllowedNames =
    [
        "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "Pipeline.sln",
        "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "AwsPackagesSwitchTests.cs",
    ];

    [Fact]
    public void No_file_outside_the_build_names_the_switch_or_a_stand_in_project()
    {
        var read = 0;
        var offenders = new List<string>();
        foreach (var path in Files(Repository.Root).Where(path => !IsAllowed(path)))
        {
            read++;
            var text = File.ReadAllText(Path.Combine(Repository.Root, path));
            if (text.Contains("AwsPackages", StringComparison.Ordinal)
                || text.Contains("AwsCompat/", StringComparison.Ordinal)
                || text.Contains("AwsCompat\\", StringComparison.Ordinal))
            {
                offenders.Add(path);
            }
        }

        Assert.Empty(offenders);
        Assert.True(read > 20, $"Only {read} files were read below {Repository.Root}.");
    }

    [Theory]
    [InlineData("nuget", true)]
    [InlineData("compat", false)]
    public async Task Command_line_decides_between_packages_and_stand_ins(string mode, bool packages)
    {
        var project = Path.Combine(Repository.Root, "tests", "AwsCompat.Tests", "AwsCompat.Tests.csproj");

        var (exitCode, output) = await RunAsync(
            "msbuild", project, "-nologo", $"-p:AwsPackages={mode}", "-getItem:PackageReference", "-getItem:ProjectReference");

        Assert.True(exitCode == 0, output);
        var items = JsonElement.Parse(output).GetProperty("Items");
        var referenced = Identities(items.GetProperty("PackageReference")).Where(id => StandIns().Contains(id));
        var stoodIn = Identities(items.GetProperty("ProjectReference"))
            .Where(path => path.Contains("AwsCompat/", StringComparison.Ordinal))
            .Select(path => Path.GetFileNameWithoutExtension(path)!);
        Assert.Equal(packages ? StandIns() : [], referenced.Order(StringComparer.Ordinal));
        Assert.Equal(packages ? [] : StandIns(), stoodIn.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Unknown_mode_stops_the_build_with_what_to_write_instead()
    {
        var project = Path.Combine(Repository.Root, "src", "AwsCompat", "Amazon.Lambda.Core", "Amazon.Lambda.Core.csproj");

        var (exitCode, output) = await RunAsync("msbuild", project, "-nologo", "-p:AwsPackages=nugget", "-t:CheckAwsPackages");

        Assert.NotEqual(0, exitCode);
        Assert.Contains("AwsPackages is 'nugget'; write nuget or compat", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Probe_asks_for_every_package_that_has_a_stand_in()
    {
        var probe = XDocument.Load(Path.Combine(Repository.Root, "eng", "probe", "probe.csproj"));

        var asked = probe.Descendants("PackageReference").Select(reference => reference.Attribute("Include")!.Value);

        Assert.Equal(StandIns(), asked.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Emulator_lock_names_no_registry()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "tests", "Support", "emulators", "package-lock.json"));

        Assert.Contains("node_modules/kinesalite", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"resolved\"", text, StringComparison.Ordinal);
    }

    private static List<string> StandIns() =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "AwsCompat"), "*.csproj", SearchOption.AllDirectories)
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Order(StringComparer.Ordinal),
    ];

    private static IEnumerable<string> Identities(JsonElement items) =>
        items.EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!.Replace('\\', '/'));

    private static IEnumerable<string> Files(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            yield return Path.GetRelativePath(Repository.Root, file).Replace('\\', '/');
        }

        foreach (var inner in Directory.EnumerateDirectories(folder).Where(inner => !SkippedFolders.Contains(Path.GetFileName(inner))))
        {
            foreach (var file in Files(inner))
            {
                yield return file;
            }
        }
    }

    private static bool IsAllowed(string path) =>
        AllowedFolders.Any(folder => path.StartsWith(folder, StringComparison.Ordinal)) || AllowedNames.Contains(Path.GetFileName(path));

    private static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        // A build server left behind would keep the output open.
        var environment = new Dictionary<string, string?> { ["MSBUILDDISABLENODEREUSE"] = "1" };
        await using var process = ChildProcess.Start("dotnet", arguments, environment);
        await process.Exited.WaitAsync(TimeSpan.FromMinutes(2));
        return (process.ExitCode, process.Output);
    }
}
