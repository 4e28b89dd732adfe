namespace AlertLambda.Intake;

/// <summary>A record could not be set aside, and that will pass by itself.</summary>
/// <param name="message">For the log; may hold text from outside.</param>
/// <param name="inner">What happened.</param>
public sealed class QuarantineException(string message, Exception inner) : Exception(message, inner);
