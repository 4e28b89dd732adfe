using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Detection.Findings;

namespace Detection.Rules.Parsing;

/// <summary>Reads what people are told about a rule.</summary>
internal static class RuleInfoReader
{
    private const int MaxTitle = 256;

    private static readonly string[] NameKeys = ["id", "name"];

    /// <summary>Reads the descriptive keys of a document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="meaning">Canonical text of what the rule means.</param>
    public static RuleInfo Read(RuleDocument document, string meaning)
    {
        var root = document.Root;
        var title = ReadTitle(root);
        if (root.Find("status") is { } status && status.Text("status") == "unsupported")
        {
            throw status.Fault("status is 'unsupported': its author says that it cannot be used", "another status, when the rule was checked");
        }

        return new RuleInfo
        {
            Id = Names(root).FirstOrDefault()?.Value ?? title,
            Name = root.Find("name")?.Text("name") ?? "",
            Title = title,
            Description = root.Find("description")?.Text("description").Trim() ?? "",
            Level = root.Find("level") is { } level ? ReadLevel(level) : RuleLevel.Medium,
            Tags = Texts(root, "tags"),
            FalsePositives = Texts(root, "falsepositives"),
            NextSteps = Texts(root, "next_steps"),
            References = Texts(root, "references"),
            File = document.File,
            SemanticHash = Hash(meaning),
        };
    }

    /// <summary>The title of a document.</summary>
    public static string ReadTitle(RuleNode root)
    {
        var title = root.Find("title")?.Text("title") ?? throw root.Fault("title is missing", "say in one line what the rule finds");
        return title.Length is > 0 and <= MaxTitle
            ? title
            : throw root.Find("title")!.Fault($"title must have 1 to {MaxTitle} characters", "one line");
    }

    /// <summary>What other rules may call this one: its id and its name, as far as given.</summary>
    public static IEnumerable<RuleNode> Names(RuleNode root)
    {
        foreach (var key in NameKeys)
        {
            if (root.Find(key) is { } node && node.Text(key).Length > 0)
            {
                yield return node;
            }
        }
    }

    private static string Hash(string meaning) =>
        XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(meaning)).ToString("x16", CultureInfo.InvariantCulture);

    private static IReadOnlyList<string> Texts(RuleNode root, string key) => root.Find(key)?.Texts(key) ?? [];

    private static RuleLevel ReadLevel(RuleNode node) => node.Text("level") switch
    {
        "informational" => RuleLevel.Informational,
        "low" => RuleLevel.Low,
        "medium" => RuleLevel.Medium,
        "high" => RuleLevel.High,
        "critical" => RuleLevel.Critical,
        var other => throw node.Fault($"level '{other}' is not known", "informational, low, medium, high or critical"),
    };
}
