using Detection.Rules;
using Support;

namespace Benchmarks.Detection;

/// <summary>The rule packs that are measured, by the names that reports call them.</summary>
internal static class RuleFolders
{
    public const string Shipped = "shipped";
    public const string PublicLinux = "public";
    public const string PublicLinuxTenfold = "public x 10";

    // Of the public repository what is in force: what was withdrawn or cannot be expressed is kept elsewhere in it.
    private static readonly string[] InForce = ["rules", "rules-emerging-threats", "rules-threat-hunting"];

    private static string PublicFolder { get; } = Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "sigma-linux"));

    /// <summary>The packs that are there; says which are not.</summary>
    public static IReadOnlyList<string> Present()
    {
        if (Directory.Exists(PublicFolder))
        {
            return [Shipped, PublicLinux, PublicLinuxTenfold];
        }

        Console.Error.WriteLine($"skipped: the public Linux rules, {PublicFolder} is not on this machine");
        return [Shipped];
    }

    /// <summary>The files of a pack.</summary>
    public static IReadOnlyList<RuleSource> Sources(string pack)
    {
        string[] folders = pack == Shipped ? [Repository.File("rules")] : [.. InForce.Select(folder => Path.Combine(PublicFolder, folder)).Where(Directory.Exists)];
        return
        [
            .. folders.SelectMany(folder => Directory.EnumerateFiles(folder, "*.yml", SearchOption.AllDirectories))
                .Where(file => !file.EndsWith(".tests.yml", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
                .Select(file => new RuleSource(file, File.ReadAllText(file))),
        ];
    }

    /// <summary>A pack, loaded.</summary>
    public static RulePack Load(string pack)
    {
        var loaded = RuleLoader.Load(Sources(pack));
        return pack == PublicLinuxTenfold ? loaded with { Rules = RuleSets.Multiplied(loaded.Rules, 10) } : loaded;
    }
}
