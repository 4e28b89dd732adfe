namespace Detection.Matching.Expressions;

/// <summary>A step of a program.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="First">Of a character: the number of its test. Of a place: its <see cref="PlaceKind"/>. Of a fork: the step of one way.</param>
/// <param name="Second">Of a fork: the step of the other way.</param>
internal readonly record struct ExpressionStep(StepKind Kind, int First, int Second);
