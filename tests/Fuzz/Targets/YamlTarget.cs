using System.Text;
using Detection.Rules;
using Detection.Rules.Parsing;

namespace Fuzz.Targets;

/// <summary>Rule files damaged so little that the fast reader of YAML still takes many of them: it reads what YamlDotNet reads, or gives up.</summary>
internal sealed class YamlTarget : FuzzTarget
{
    private static readonly string[] Pieces =
    [
        "\n", "\n", "\n  ", "\n    ", "\n- ", "\n  - ", " ", "  ", ": ", ":", "a: ", "a:", "'a': ", "- ", "-", "#", " # ", "\n# ", "'", "''", "\"", "|", "|\n", " |\n    ",
        ">", "|-", "|2", "? ", "!", "&a ", "*a", "<<: ", "[", "{", ",", "%", "@", "`", "~", "null", "0x1F", "1e3", ".inf", "2026-01-01", "a", "a b", "---", "\n---\n", "--- ",
        "...", "\n...\n", "\\", "\t", "\r", "\r\n", "\u00E9", "\u3000", "\u0085", "\u2028", "\uFEFF", "\uFFFD", "\U0001F600", "key: |\n  x\n", "http://a#b", "(a)", "=", "<a>",
    ];

    public override string Name => "yaml";

    public override byte[] Make(Random random)
    {
        var text = new StringBuilder(random.Next(2) == 0 ? TextMutator.Pick(Corpora.Rules, random) : "");
        for (var edits = text.Length > 0 ? random.Next(1, 4) : random.Next(2, 20); edits > 0; edits--)
        {
            var at = text.Length > 100 ? random.Next(text.Length) : text.Length;
            text.Remove(at, Math.Min(text.Length - at, random.Next(3) * random.Next(4))).Insert(at, TextMutator.Pick(Pieces, random));
        }

        return Bytes(text.ToString());
    }

    public override void Run(ReadOnlySpan<byte> input)
    {
        var source = new RuleSource("fuzz.yml", Text(input));
        if (BlockReader.TryRead(source) is { } documents && Shown(documents) is var shown && Shown(RuleDocumentReader.ReadAny(source)) is var expected && shown != expected)
        {
            throw new InvalidDataException($"read differently:\n{shown}\nand by YamlDotNet\n{expected}");
        }
    }

    private static string Shown(List<RuleDocument> documents)
    {
        var text = new StringBuilder();
        foreach (var document in documents)
        {
            Append(text.Append("---").Append(document.Fault?.Message).Append('\n'), document.Root);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, RuleNode node)
    {
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{node.Kind} {node.Line}:{node.Column} {node.IsPlain} {node.Size} {node.Height} <{node.Value}>\n");
        node.Items.ForEach(item => Append(text, item));
        foreach (var (key, value) in node.Entries)
        {
            Append(text, key);
            Append(text, value);
        }
    }
}
