namespace Detection.Rules.Parsing;

/// <summary>A word or another character of a condition, and where it begins. A class: lists of structs must be compiled when a process starts.</summary>
internal sealed record ConditionToken(string Text, int Index);
