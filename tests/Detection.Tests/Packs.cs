using Detection.Rules;

namespace Detection.Tests;

/// <summary>Rule packs from YAML texts.</summary>
internal static class Packs
{
    /// <summary>Rules a, b and c: their letter is in the program's name. Silent unless a correlation says otherwise.</summary>
    public const string Letters = """
        title: A
        name: a
        logsource: { product: linux, category: process_creation }
        detection: { s: { Image|contains: a }, condition: s }
        ---
        title: B
        name: b
        logsource: { product: linux, category: process_creation }
        detection: { s: { Image|contains: b }, condition: s }
        ---
        title: C
        name: c
        logsource: { product: linux, category: process_creation }
        detection: { s: { Image|contains: c }, condition: s }
        ---

        """;

    /// <summary>Loads texts as files 0.yml, 1.yml and so on; whatever was refused is in the pack.</summary>
    public static RulePack Load(params string[] texts) => RuleLoader.Load(texts.Select((text, i) => new RuleSource($"{i}.yml", text)));

    /// <summary>Loads a text of which nothing may be refused.</summary>
    public static RulePack LoadAll(string text)
    {
        var pack = Load(text);
        Assert.Empty(pack.Refused);
        return pack;
    }

    /// <summary>The only rule of a detection on a category.</summary>
    /// <param name="detection">Lines under <c>detection:</c>, not indented.</param>
    /// <param name="category">The category.</param>
    public static SigmaRule Rule(string detection, string category = "process_creation") =>
        Assert.Single(LoadAll(RuleText(detection, category)).Rules);

    /// <summary>Text of a rule; the detection begins in line 6, column 3.</summary>
    public static string RuleText(string detection, string category = "process_creation") => $"""
        title: T
        logsource:
          product: linux
          category: {category}
        detection:
          {detection.ReplaceLineEndings("\n  ")}
        """;
}
