namespace AlertLambda.Alerts;

/// <summary>Who reads an alert. Each medium has its own topic.</summary>
public enum AlertMedium
{
    /// <summary>Plain-text e-mail.</summary>
    Email = 0,

    /// <summary>Slack, through the custom-notification JSON of Amazon Q Developer in chat applications.</summary>
    Chat = 1,

    /// <summary>A program: the incident as OCSF JSON, for EventBridge, queues, functions and a SIEM. Only where its topic is configured.</summary>
    Finding = 2,
}
