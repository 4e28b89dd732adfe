using System.Globalization;
using System.Text;
using Detection.Rules;
using Detection.Rules.Parsing;
using Support;

namespace Detection.Tests.Rules;

/// <summary>What is read without YamlDotNet is read as YamlDotNet reads it.</summary>
public sealed class BlockReaderTests
{
    private const int Edits = 20_000;

    private static readonly string[] Pieces =
    [
        "\n", " ", "  ", "    ", "\n\n", ": ", ":", "- ", "-", "#", " # ", "'", "''", "\"", "|", "|\n", ">", "&a ", "*a", "[", "]", "{", "}", ",",
        "a", "a: b", "? ", "!", "%", "@", "`", "\t", "\r", "~", "null", "---\n", "...\n", "--- ", "\\", "\u00e9", "\u0085", "\u2028", "\ufeff", "\U0001F600",
        "\n  ", "\n- ", "key:\n", "<<: x", "  - x\n", "a:\n- b\n", "- c: d\n  e: f\n",
    ];

    [Fact]
    public void Shipped_rules_are_read_the_same() => AllOf(Path.Combine(Repository.Root, "rules"));

    [SharedFilesFact("sigma-linux")]
    public void Public_rules_are_read_the_same() => AllOf(Path.Combine(Repository.Root, "..", "shared", "sigma-linux"));

    [Theory]
    [InlineData("a: b")]
    [InlineData("a: 'it''s'\n'|b': \"c # d\" # e\n")]
    [InlineData("# a\n---\n---\na: b\n---\n  # c\nd: e\n---\n")]
    [InlineData("a:\n- b\n- c: d\n  e:\n  - f\n  -   g:  h  # i\nj: k\n")]
    [InlineData("a: |\n  b\n   c # d\n\n  # e\n\n# f\n  # g\nh: i\n")]
    [InlineData("a:\n  - |\n    b\n  - c\n")]
    [InlineData("a: -b\nc: http://d#e\nf: ~\ng: <h>\ni: ''\n")]
    [InlineData("a:\n\n  # b\n\n  c: d\n")]
    [InlineData("a:\n  b\n  - c\n   'e\n")]
    [InlineData("a: b\n  (c)  \n  d # e\nf:\n  'g'\n")]
    [InlineData("a: \u00d6mer\nb: ://\n")]
    public void Common_forms_are_read(string text) => Assert.True(IsSame(text), "given up");

    [Theory]
    [InlineData("a:\n  b\n\n  c\n")]
    [InlineData("a: b\n  # c\n  d\n")]
    [InlineData("a: b # c\n  d\n")]
    [InlineData("a: b\n  c: d\n")]
    [InlineData("a: 'b\n  c'\n")]
    [InlineData("a: \"\\n\"\n")]
    [InlineData("a: [b]\n")]
    [InlineData("a: >\n  b\n")]
    [InlineData("a: |-\n  b\n")]
    [InlineData("a: |\n\n  b\n")]
    [InlineData("a: |\n  b\n    \nc: d\n")]
    [InlineData("a: |\n  b")]
    [InlineData("a:\nb: c\n")]
    [InlineData("a: &b c\nd: *b\n")]
    [InlineData("a: !!str b\n")]
    [InlineData("? a\n: b\n")]
    [InlineData("a b: c\n")]
    [InlineData("a: b: c\n")]
    [InlineData("a: b\na: c\n")]
    [InlineData("a: b\n c: d\n")]
    [InlineData("  a: b\nc: d\n")]
    [InlineData("a:\n  - b\n  c: d\n")]
    [InlineData("- a\n")]
    [InlineData("a: b\r\n")]
    [InlineData("a:\tb\n")]
    [InlineData("a: b\n...\n")]
    [InlineData("%YAML 1.2\n---\na: b\n")]
    [InlineData("<<: a\n")]
    public void Anything_else_is_left_to_YamlDotNet(string text) => Assert.False(IsSame(text), "read");

    [Fact]
    public void Damaged_rules_are_read_the_same_or_left()
    {
        var texts = Directory.GetFiles(Path.Combine(Repository.Root, "rules"), "*.yml", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).Select(File.ReadAllText).Where(text => text.Length < 3_000).ToArray();
        var random = new Random(7);
        var read = 0;
        for (var i = 0; i < Edits; i++)
        {
            var text = new StringBuilder(texts[random.Next(texts.Length)]);
            for (var edits = random.Next(1, 3); edits > 0; edits--)
            {
                var at = random.Next(text.Length);
                text.Remove(at, Math.Min(text.Length - at, random.Next(3) * random.Next(4))).Insert(at, Pieces[random.Next(Pieces.Length)]);
            }

            read += IsSame(text.ToString()) ? 1 : 0;
        }

        Assert.InRange(read, Edits / 10, Edits);
    }

    private static void AllOf(string folder)
    {
        string[] files = [.. Directory.GetFiles(folder, "*.yml", SearchOption.AllDirectories).Where(file => !file.EndsWith(".tests.yml", StringComparison.Ordinal))];
        var read = files.Count(file => IsSame(File.ReadAllText(file)));
        Assert.InRange(read, files.Length * 9 / 10, files.Length);
    }

    // False when it gave up.
    private static bool IsSame(string text)
    {
        var source = new RuleSource("x.yml", text);
        if (BlockReader.TryRead(source) is not { } documents)
        {
            return false;
        }

        var expected = RuleDocumentReader.ReadAny(source);
        Assert.Equal(Text(expected), Text(documents));
        return true;
    }

    private static string Text(List<RuleDocument> documents)
    {
        var text = new StringBuilder();
        documents.ForEach(document => Append(text.Append(document.Fault?.Message).Append("---\n"), document.Root, ""));
        return text.ToString();
    }

    private static void Append(StringBuilder text, RuleNode node, string indent)
    {
        text.Append(
            CultureInfo.InvariantCulture,
            $"{indent}{node.Kind} {node.Line}:{node.Column} {node.IsPlain} size {node.Size} height {node.Height} <{node.Value}>\n");
        node.Items.ForEach(item => Append(text, item, indent + "- "));
        node.Entries.ForEach(entry =>
        {
            Append(text, entry.Key, indent + "? ");
            Append(text, entry.Value, indent + ": ");
        });
    }
}
