using System.Text;

namespace Detection.Rules;

/// <summary>A rule file's text. Whoever has files reads them: this project does no I/O.</summary>
/// <param name="Name">Name for messages, usually the path.</param>
/// <param name="Text">One or several YAML documents.</param>
public sealed record RuleSource(string Name, string Text)
{
    /// <summary>A file as a whole: UTF-8, or what its mark says. With less ado than a reader of streams, which a cold process feels.</summary>
    /// <param name="name">Name for messages, usually the path.</param>
    /// <param name="content">The file's bytes.</param>
    public static RuleSource Of(string name, byte[] content)
    {
        // The marks of UTF-8, UTF-16 and UTF-32 begin with these; a text in UTF-8 with the first may be another one.
        var isMarked = content is [0xEF or 0xFE or 0xFF, ..] or [0, 0, ..];
        if (!isMarked)
        {
            return new RuleSource(name, Encoding.UTF8.GetString(content));
        }

        using var reader = new StreamReader(new MemoryStream(content), Encoding.UTF8);
        return new RuleSource(name, reader.ReadToEnd());
    }
}
