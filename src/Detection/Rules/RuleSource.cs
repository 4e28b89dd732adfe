namespace Detection.Rules;

/// <summary>A rule file's text. Whoever has files reads them: this project does no I/O.</summary>
/// <param name="Name">Name for messages, usually the path.</param>
/// <param name="Text">One or several YAML documents.</param>
public sealed record RuleSource(string Name, string Text);
