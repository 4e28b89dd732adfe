namespace Detection.Rules.Parsing;

/// <summary>One YAML document.</summary>
/// <param name="File">Name of the source.</param>
/// <param name="Root">Its content, as far as it could be read.</param>
/// <param name="Fault">What makes it unusable, or null.</param>
internal sealed record RuleDocument(string File, RuleNode Root, RuleFault? Fault)
{
    /// <summary>The title, or what stands in for it, for messages; may be empty.</summary>
    public string Title
    {
        get
        {
            var title = Root.Find("title") ?? Root.Find("name") ?? Root.Find("id");
            return title is { Kind: NodeKind.Scalar } ? title.Value : "";
        }
    }

    /// <summary>The message for a fault of this document.</summary>
    public RefusedRule Refuse(RuleFault fault) => new(File, fault.Line, fault.Column, Title, fault.Message, fault.WayOut)
    {
        Further = fault.Further.Count == 0 ? [] : [.. fault.Further.Select(Refuse)],
    };
}
