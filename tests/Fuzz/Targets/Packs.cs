using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Detection;
using Detection.Rules;
using Wire.Model;

namespace Fuzz.Targets;

/// <summary>Rules around hostile texts, and events for them.</summary>
internal static class Packs
{
    // YAML's double-quoted texts have JSON's escapes.
    private static readonly JsonSerializerOptions Quoting = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.BasicLatin) };

    /// <summary>A rule with one item, by its key and a text that may hold anything.</summary>
    public static string RuleOf(string key, string value) => $$"""
        title: T
        name: t
        logsource: { product: linux, category: process_creation }
        detection: { s: { "{{key}}": {{Quoted(value)}} }, condition: s }
        """;

    /// <summary>A text in quotes. Half a surrogate pair becomes U+FFFD: no file can hold it.</summary>
    public static string Quoted(string text) => JsonSerializer.Serialize(text, Quoting);

    /// <summary>Gives events to an engine, resumes it in the middle, and lets it end.</summary>
    public static void Evaluate(RulePack pack, IReadOnlyList<HostEvent> events)
    {
        var engine = new DetectionEngine(pack);
        for (var i = 0; i < events.Count; i++)
        {
            _ = engine.Evaluate(events[i]);
            if (i == events.Count / 2)
            {
                engine = Resume(engine, pack);
            }
        }

        _ = engine.Complete();
    }

    /// <summary>An engine that goes on from the items of another.</summary>
    public static DetectionEngine Resume(DetectionEngine engine, RulePack pack)
    {
        var resumed = new DetectionEngine(pack);
        foreach (var rule in engine.SharedRules)
        {
            Check(resumed.TryLoadShared(rule, engine.EncodeShared(rule), out var fault), fault);
        }

        foreach (var host in engine.Hosts)
        {
            Check(resumed.TryLoadHost(host, engine.EncodeHost(host), out var fault), fault);
        }

        return resumed;
    }

    private static void Check(bool taken, string? fault)
    {
        if (!taken)
        {
            throw new InvalidDataException($"the engine cannot read its own state: {fault}");
        }
    }
}
