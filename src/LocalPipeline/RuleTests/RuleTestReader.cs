using Detection.Findings;
using Detection.Rules;
using Detection.Rules.Parsing;
using LocalPipeline.Rules;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace LocalPipeline.RuleTests;

/// <summary>Reads files of companion tests. A fault spoils its own test; one among the processes spoils the file.</summary>
internal static class RuleTestReader
{
    private const int MaxDepth = 32;

    private static readonly string[] Levels = [.. Enum.GetNames<RuleLevel>().Select(name => name.ToLowerInvariant())];

    /// <summary>The tests of a file's text.</summary>
    /// <param name="file">Its path.</param>
    /// <param name="text">YAML.</param>
    internal static RuleTestFile Read(string file, string text)
    {
        var faults = new List<RuleTestFault>();
        var cast = StoryCast.Of([]);
        var tests = new List<RuleTest>();
        try
        {
            var entries = RootOf(text).Entries("the file", "processes", "tests");
            if (entries.TryGetValue("processes", out var named))
            {
                cast = StoryCast.Of([.. named.Named("processes").Select(entry => StoryProcess.Read(entry.Key, entry.Value))]);
            }

            var items = entries.TryGetValue("tests", out var list) ? list.Items("tests") : throw new RuleTestFault(Mark.Empty, "the file has no tests");
            foreach (var item in items)
            {
                try
                {
                    tests.Add(ReadTest(item, cast));
                }
                catch (RuleTestFault fault)
                {
                    faults.Add(fault);
                }
            }
        }
        catch (RuleTestFault fault)
        {
            faults.Add(fault);
        }

        return new RuleTestFile(file, RuleSet.RuleFileOf(file), cast, tests, faults);
    }

    /// <summary>The tests of a file.</summary>
    /// <param name="source">Its path and text.</param>
    internal static RuleTestFile Read(RuleSource source) => source.Fault is { } fault
        ? new RuleTestFile(source.Name, RuleSet.RuleFileOf(source.Name), StoryCast.Of([]), [], [new RuleTestFault(fault)])
        : Read(source.Name, source.Text);

    private static YamlNode RootOf(string text)
    {
        var stream = new YamlStream();
        if ((YamlSyntax.Read(text, CheckShape) ?? YamlSyntax.Read(text, stream.Load)) is { } fault)
        {
            throw new RuleTestFault(fault);
        }

        return stream.Documents.Count == 1
            ? stream.Documents[0].RootNode
            : throw new RuleTestFault(Mark.Empty, $"the file must hold one YAML document, not {stream.Documents.Count}");
    }

    // The reader of nodes calls itself for each level, and compares what aliases repeat.
    private static void CheckShape(IParser parser)
    {
        for (var depth = 0; parser.MoveNext();)
        {
            depth += parser.Current!.NestingIncrease;
            if (depth > MaxDepth || parser.Current is AnchorAlias)
            {
                throw new RuleTestFault(parser.Current.Start, $"an alias, or levels deeper than {MaxDepth}");
            }
        }
    }

    private static RuleTest ReadTest(YamlNode node, StoryCast cast)
    {
        var entries = node.Entries("a test", "name", "events", "incidents", "against", "at-most");
        var events = Required(node, entries, "events").Items("events").Select(StoryEventReader.Read).ToArray();
        for (var i = 0; i < events.Length; i++)
        {
            cast.Find(events[i].Process);
            if (i > 0 && events[i].AtNs < events[i - 1].AtNs)
            {
                throw events[i].Place.Fault("events must stand in the order of time");
            }
        }

        var incidents = entries.GetValueOrDefault("incidents")?.Items("incidents").Select(item => ExpectedIncident.Read(item, events.Length)).ToArray();
        var atMost = entries.GetValueOrDefault("at-most")?.Word("at-most", Levels);
        return incidents is null && atMost is null
            ? throw node.Fault("a test needs incidents ([] = none) or at-most")
            : new RuleTest
            {
                Name = Required(node, entries, "name").Text("name"),
                Line = node.Start.Line,
                Events = events,
                Incidents = incidents,
                AtMost = atMost is null ? null : Enum.Parse<RuleLevel>(atMost, ignoreCase: true),
                AgainstPack = entries.GetValueOrDefault("against")?.Word("against", "pack") is not null,
            };
    }

    private static YamlNode Required(YamlNode node, IReadOnlyDictionary<string, YamlNode> entries, string key) =>
        entries.TryGetValue(key, out var value) ? value : throw node.Fault($"a test needs {key}");
}
