using Detection.Taxonomy;

namespace Detection.Matching;

/// <summary>A text with wildcards. Numbers, booleans and addresses are compared by their text.</summary>
internal sealed class TextTest(StringPattern pattern) : ValueTest
{
    public override bool Holds(FieldValue value) => value.Text is { } text && pattern.Matches(text);
}
