using Detection.Matching;
using Detection.Taxonomy;

namespace Detection.Routing;

/// <summary>A text in a record's value, which a rule needs to match.</summary>
/// <param name="Field">The field that holds the value; null = any of the values that keyword searches look into.</param>
/// <param name="Place">Where in the value.</param>
/// <param name="Text">The text, folded as <see cref="Folding"/> does.</param>
internal readonly record struct RequiredLiteral(Field? Field, PatternPlace Place, string Text);
