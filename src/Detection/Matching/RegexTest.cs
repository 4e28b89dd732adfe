using System.Text.RegularExpressions;
using Detection.Taxonomy;

namespace Detection.Matching;

/// <summary>The modifier <c>re</c>: the expression is found somewhere in the text. Time is linear in the text's length.</summary>
internal sealed class RegexTest(Regex regex) : ValueTest
{
    public override bool Holds(FieldValue value) => value.Text is { } text && regex.IsMatch(text);
}
