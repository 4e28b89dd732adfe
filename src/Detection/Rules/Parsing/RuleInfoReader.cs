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

    /// <summary>Reads the descriptive keys of a document. Means nothing when there are faults.</summary>
    /// <param name="document">The document.</param>
    /// <param name="faults">Takes what is wrong with each.</param>
    /// <returns>All but <see cref="RuleInfo.SemanticHash"/>.</returns>
    public static RuleInfo Read(RuleDocument document, FaultList faults)
    {
        var root = document.Root;
        var title = "";
        var description = "";
        var level = RuleLevel.Medium;
        faults.Try(() => title = ReadTitle(root));
        faults.Try(() => CheckStatus(root));
        faults.Try(() => description = root.Find("description")?.Text("description").Trim() ?? "");
        faults.Try(() => level = root.Find("level") is { } node ? ReadLevel(node) : level);
        return new RuleInfo
        {
            Id = Names(root).FirstOrDefault()?.Value ?? title,
            Name = root.Find("name")?.Text("name") ?? "",
            Title = title,
            Description = description,
            Level = level,
            Tags = Texts("tags"),
            FalsePositives = Texts("falsepositives"),
            NextSteps = Texts("next_steps"),
            References = Texts("references"),
            File = document.File,
            SemanticHash = "",
        };

        IReadOnlyList<string> Texts(string key)
        {
            IReadOnlyList<string> texts = [];
            faults.Try(() => texts = root.Find(key)?.Texts(key) ?? []);
            return texts;
        }
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

    /// <summary>Hash of the canonical text of what a rule means.</summary>
    public static string Hash(string meaning) =>
        XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(meaning)).ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>A level by its name.</summary>
    public static RuleLevel ReadLevel(RuleNode node) => node.Text("level") switch
    {
        "informational" => RuleLevel.Informational,
        "low" => RuleLevel.Low,
        "medium" => RuleLevel.Medium,
        "high" => RuleLevel.High,
        "critical" => RuleLevel.Critical,
        var other => throw node.Fault($"level '{other}' is not known", "informational, low, medium, high or critical"),
    };

    private static void CheckStatus(RuleNode root)
    {
        if (root.Find("status") is { } status && status.Text("status") == "unsupported")
        {
            throw status.Fault("status is 'unsupported': its author says that it cannot be used", "another status, when the rule was checked");
        }
    }
}
