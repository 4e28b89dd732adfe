namespace AlertLambda.Options;

/// <summary>What the function is told from outside, valid.</summary>
public sealed record AlertOptions
{
    /// <summary><c>ALERT_EMAIL_TOPIC_ARN</c>: ARN of the standard SNS topic with e-mail subscriptions. Required.</summary>
    public required string EmailTopicArn { get; init; }

    /// <summary><c>ALERT_CHAT_TOPIC_ARN</c>: ARN of the standard SNS topic of the Slack channel configuration. Required; another topic.</summary>
    public required string ChatTopicArn { get; init; }

    /// <summary>
    /// <c>ALERT_FINDINGS_TOPIC_ARN</c>: ARN of the standard SNS topic for programs, which take incidents as OCSF. Another topic than the two.
    /// Default: null, no findings are written.
    /// </summary>
    public string? FindingsTopicArn { get; init; }

    /// <summary><c>RULES_PATH</c>: folder of the rule pack, absolute or from the executable's folder. Default: <c>rules</c>.</summary>
    public required string RulesPath { get; init; }

    /// <summary><c>ENVIRONMENT_NAME</c>: name of the deployment, 1 to 64 letters, digits, dots, hyphens, underscores. Default: <c>default</c>.</summary>
    public required string EnvironmentName { get; init; }

    /// <summary><c>TUNING_PATH</c>: the tuning file, absolute or from the executable's folder. Default: <c>tuning.yaml</c>, if it is there; null = none.</summary>
    public string? TuningPath { get; init; }
}
