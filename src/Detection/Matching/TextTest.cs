namespace Detection.Matching;

/// <summary>A text with wildcards.</summary>
internal sealed class TextTest(StringPattern pattern) : SpanTest
{
    /// <summary>What the whole text must fit.</summary>
    public StringPattern Pattern => pattern;

    public override bool Holds(ReadOnlySpan<char> text) => pattern.Matches(text);
}
