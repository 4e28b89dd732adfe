using Detection.Taxonomy;

namespace Detection.Matching;

/// <summary>A test of a value's text. Numbers, booleans and addresses are compared by their text.</summary>
internal abstract class SpanTest : ValueTest
{
    public sealed override bool Holds(in FieldValue value)
    {
        Span<char> scratch = stackalloc char[FieldValue.ScratchLength];
        return value.TryGetText(scratch, out var text) && Holds(text);
    }

    /// <summary>True when the text fulfils it.</summary>
    public abstract bool Holds(ReadOnlySpan<char> text);
}
