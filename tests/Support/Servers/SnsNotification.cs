namespace Support.Servers;

/// <summary>What SNS delivers to a subscriber.</summary>
/// <param name="TopicArn">The topic it was published to.</param>
/// <param name="Subject">The subject, if one was given.</param>
/// <param name="Message">The text.</param>
/// <param name="Attributes">The values of the message attributes by name.</param>
public sealed record SnsNotification(string TopicArn, string? Subject, string Message, IReadOnlyDictionary<string, string> Attributes);
