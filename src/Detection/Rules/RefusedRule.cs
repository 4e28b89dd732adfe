namespace Detection.Rules;

/// <summary>A document that was not loaded, and why. A rule is loaded as it stands or not at all.</summary>
/// <param name="File">Name of the source.</param>
/// <param name="Line">Line of what was refused, from 1.</param>
/// <param name="Column">Column, from 1.</param>
/// <param name="Title">The rule's title; empty when it could not be read.</param>
/// <param name="Reason">What is wrong or not supported.</param>
/// <param name="WayOut">What to write instead; empty when there is nothing to propose.</param>
public sealed record RefusedRule(string File, int Line, int Column, string Title, string Reason, string WayOut)
{
    /// <summary>What else is wrong with the document, each in the same form; they have no further ones themselves.</summary>
    public IReadOnlyList<RefusedRule> Further { get; init; } = [];

    /// <summary>This fault and the further ones.</summary>
    public IEnumerable<RefusedRule> All => Further.Prepend(this);

    /// <summary>One line for a log or a terminal. Texts come from the rule file: escape before showing them.</summary>
    public override string ToString()
    {
        var title = Title.Length == 0 ? "" : $" '{Title}'";
        var wayOut = WayOut.Length == 0 ? "" : $" ({WayOut})";
        return $"{File}:{Line}:{Column}:{title} refused: {Reason}{wayOut}";
    }
}
