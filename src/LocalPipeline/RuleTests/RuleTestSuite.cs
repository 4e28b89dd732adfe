using AlertLambda.Options;
using Detection.Rules;
using EdgeAgent.Options;
using LocalPipeline.Rules;
using Wire.Text;

namespace LocalPipeline.RuleTests;

/// <summary>All companion tests of some paths: finds, runs and reports them.</summary>
internal static class RuleTestSuite
{
    /// <summary>Runs every test.</summary>
    /// <param name="paths">Rule files, companion tests, or folders of both.</param>
    /// <param name="agent">Options of the agent that would send the events.</param>
    /// <param name="output">Receives a line per test, and what differs.</param>
    /// <returns>True when there are tests, all pass, and nothing was refused.</returns>
    /// <exception cref="InvalidOptionsException">A path cannot be read.</exception>
    internal static bool Run(IReadOnlyList<string> paths, AgentOptions agent, TextWriter output)
    {
        var rules = RuleSet.Load(paths);
        foreach (var refused in rules.Pack.Refused.SelectMany(rule => rule.All))
        {
            output.WriteLine(SafeText.Escape(refused.ToString()));
        }

        var runner = new RuleTestRunner(rules, agent);
        int passed = 0, failed = 0;
        foreach (var path in RuleFiles.Distinct(paths.SelectMany(TestFiles)))
        {
            var file = RuleTestReader.Read(ReadSource(path));
            output.WriteLine(SafeText.Escape(path));
            foreach (var fault in file.Faults)
            {
                output.WriteLine($"  FAULT   {SafeText.Escape(path)}:{fault.Line}:{fault.Column}: {SafeText.Escape(fault.Message)}");
            }

            foreach (var outcome in file.Tests.Select(test => runner.Run(file, test)))
            {
                Write(output, outcome);
                passed += outcome.Passed ? 1 : 0;
                failed += outcome.Passed ? 0 : 1;
            }

            failed += file.Faults.Count;
        }

        if (passed + failed == 0)
        {
            output.WriteLine($"there are no tests (*{RuleFiles.TestEnding}) in {SafeText.Escape(string.Join(", ", paths))}");
        }

        var refusals = rules.Pack.Refused.Count == 0 ? "" : $", {rules.Pack.Refused.Count} rules refused";
        output.WriteLine($"{passed} passed, {failed} failed{refusals}");
        return passed > 0 && failed == 0 && rules.Pack.Refused.Count == 0;
    }

    private static void Write(TextWriter output, RuleTestOutcome outcome)
    {
        var name = SafeText.Escape(outcome.Test.Name);
        output.WriteLine(outcome.Passed ? $"  ok      {name}" : $"  FAILED  {name} (line {outcome.Test.Line})");
        foreach (var line in outcome.Difference.Concat(outcome.Notes.Select(note => "note: " + note)))
        {
            output.WriteLine($"            {SafeText.Escape(line)}");
        }
    }

    private static IEnumerable<string> TestFiles(string path)
    {
        if (Directory.Exists(path))
        {
            return RuleFiles.Find(path, RuleFiles.IsTestFile);
        }

        var tests = RuleFiles.IsTestFile(path) ? path : Path.ChangeExtension(path, null) + RuleFiles.TestEnding;
        return File.Exists(tests) ? [tests] : [];
    }

    private static RuleSource ReadSource(string path)
    {
        try
        {
            return RuleSource.Of(path, File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOptionsException([$"{SafeText.Escape(path)}: {FileFault.Reading(path, e)}; take it out or make it readable"]);
        }
    }
}
