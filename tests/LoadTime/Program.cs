using Detection;
using Detection.Rules;

// Measured from outside by eng/load-time.sh. Without arguments: what any program costs that says a number.
if (args is not [var stage, .. var folders])
{
    Console.WriteLine(0);
    return 0;
}

var files = folders.SelectMany(folder => Directory.EnumerateFiles(folder, "*.yml", SearchOption.AllDirectories))
    .Where(file => !file.EndsWith(".tests.yml", StringComparison.Ordinal));
var pack = RuleLoader.Load(files.Select(file => RuleSource.Of(file, File.ReadAllBytes(file))));
if (stage == "engine")
{
    _ = new DetectionEngine(pack);
}

Console.WriteLine(pack.Rules.Count + pack.Correlations.Count);
return pack.Refused.Count;
