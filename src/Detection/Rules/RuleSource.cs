using System.Text;
using System.Text.Unicode;
using Detection.Rules.Parsing;

namespace Detection.Rules;

/// <summary>A rule file's text. Whoever has files reads them: this project does no I/O.</summary>
/// <param name="Name">Name for messages, usually the path.</param>
/// <param name="Text">One or several YAML documents.</param>
public sealed record RuleSource(string Name, string Text)
{
    /// <summary>Why the file is no text; null when it is one.</summary>
    internal RuleFault? Fault { get; private init; }

    /// <summary>A file as a whole: UTF-8, or what its mark says. With less ado than a reader of streams, which a cold process feels.</summary>
    /// <param name="name">Name for messages, usually the path.</param>
    /// <param name="content">The file's bytes.</param>
    public static RuleSource Of(string name, byte[] content)
    {
        // The marks of UTF-16 and UTF-32.
        if (content is [0xFE, 0xFF, ..] or [0xFF, 0xFE, ..] or [0, 0, 0xFE, 0xFF, ..])
        {
            using var reader = new StreamReader(new MemoryStream(content), Encoding.UTF8);
            return new RuleSource(name, reader.ReadToEnd());
        }

        ReadOnlySpan<byte> text = content is [0xEF, 0xBB, 0xBF, ..] ? content.AsSpan(3) : content;
        return new RuleSource(name, Encoding.UTF8.GetString(text)) { Fault = Utf8.IsValid(text) ? null : FaultOf(text) };
    }

    // Read with substitutes, a value would match what nobody wrote.
    private static RuleFault FaultOf(ReadOnlySpan<byte> text)
    {
        var chars = new char[text.Length];
        Utf8.ToUtf16(text, chars, out var read, out var written, replaceInvalidSequences: false);
        var before = chars.AsSpan(0, written);
        return new RuleFault(
            before.Count('\n') + 1, written - before.LastIndexOf('\n'), $"the file is not UTF-8: byte {text[read]:X2} begins no character",
            "save it as UTF-8");
    }
}
