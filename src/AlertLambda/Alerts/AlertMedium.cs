namespace AlertLambda.Alerts;

/// <summary>Where people read an alert. Each medium has its own topic.</summary>
public enum AlertMedium
{
    /// <summary>Plain-text e-mail.</summary>
    Email = 0,

    /// <summary>Slack, through the custom-notification JSON of Amazon Q Developer in chat applications.</summary>
    Chat = 1,
}
